"""The columns a list can have: one small declarative class each.

`names` are headings as people write them (compared without case and punctuation), `pattern` catches longer
headings that contain the words, `avoid` keeps look-alikes out.
"""

from __future__ import annotations

import re
from typing import ClassVar

# Headings that speak of someone other than the worker.
OTHERS = (
    r"\b(ibu|ayah|bapak|pasangan|istri|isteri|suami|waris|anak|orang ?tua|ortu|kepala keluarga|kepala kk|kk kepala"
    r"|pendamping|petugas|pendata|penanggung|saksi|wali|mother|father|spouse|heir|opd|dinas|instansi|bank|rekening"
    r"|pemilik|surveyor|enumerator|verifikator|kegiatan|program|dokumen|usaha|toko|kapal|pengusul)\b"
)


class Column:
    """What a heading of this kind of column looks like."""

    field: ClassVar[str]
    names: ClassVar[tuple[str, ...]] = ()
    pattern: ClassVar[str] = ""
    avoid: ClassVar[str] = ""


class Number(Column):
    field = "number"
    names = ("no", "nomor", "no urut", "nomor urut", "no urt", "nourut", "nr", "num", "number", "urut", "nmr")


class Nik(Column):
    field = "nik"
    names = (
        "nik", "no nik", "nomor nik", "no ktp", "nomor ktp", "noktp", "nik ktp", "ktp", "no ktp nik", "nik no ktp",
        "nomor induk kependudukan", "no induk kependudukan", "no induk", "nomor induk", "noinduk", "nik e ktp",
        "nik ektp", "no e ktp", "no ektp", "e ktp", "ektp", "no kartu tanda penduduk", "nomor kartu tanda penduduk",
        "nomor identitas", "no identitas", "identitas", "no id", "no identitas ktp", "id number", "national id",
        "national id number", "national identity number", "no nik ktp", "nik 16 digit", "n i k", "nik peserta",
        "nik pekerja", "nomor nik ktp", "no induk penduduk", "nomor induk penduduk", "nonik", "no kependudukan",
        "nik sesuai ktp", "no pengenal", "kartu tanda penduduk", "nomor ktp nik", "nomer ktp", "nomer nik",
        "nmr ktp", "nik kependudukan", "id card", "id card no", "identity number", "no kependudukan nik",
    )  # fmt: skip
    pattern = r"\bnik\b|\b(no|nomor|nmr|nomer) ?(e ?)?ktp\b|\binduk (kependudukan|penduduk)\b|\bnik(ktp)\b"
    avoid = rf"\bkk\b|\bkartu keluarga\b|\bnip\b|\balamat\b|\bnama\b|\bfoto\b|\bstatus\b|\bumur\b|{OTHERS}"


class FamilyCard(Column):
    field = "family_card"
    names = (
        "kk", "no kk", "nomor kk", "nokk", "no kartu keluarga", "nomor kartu keluarga", "kartu keluarga", "n kk",
        "no k k", "nomor kk 16 digit", "nkk", "family card", "family card number", "no kartu kel", "kartu kel",
        "nomer kk", "nik kk", "family card no", "no kk 16 digit", "nmr kk",
    )  # fmt: skip
    pattern = r"\b(no|nomor|nomer|nmr) ?kk\b|\bkartu keluarga\b|\bkk\b|\bnokk\b|\bnkk\b"
    avoid = r"\bnama\b|\bkepala\b|\balamat\b|\bjumlah\b|\bstatus\b|\bhubungan\b|\bwali\b"


class Name(Column):
    field = "name"
    names = (
        "nama", "nama lengkap", "nm lengkap", "nama peserta", "nama pekerja", "nama ktp", "nama sesuai ktp", "nm",
        "nama lengkap sesuai ktp", "nama calon peserta", "nama penerima", "nama warga", "nama penduduk", "name",
        "full name", "fullname", "nama pekerja rentan", "nama tenaga kerja", "nama anggota", "nama nelayan",
        "nama petani", "nama nelayan anggota", "namalengkap", "nama lengkap peserta", "nma", "nama lngkap",
        "nama lenkap", "nama lengkp", "nama jelas", "nama orang", "nama yang bersangkutan", "nama individu",
        "nama lengkap tanpa gelar", "nama dan gelar", "nama terang", "nama person", "worker name", "nm peserta",
        "nama penerima manfaat", "nama calon penerima", "nm pekerja", "nama ktp el", "nama tk", "nama pemohon",
        "nama lengkap pekerja", "nama depan dan belakang", "nama anggota kelompok", "nama pengemudi", "nama sopir",
        "nama lengkap sesuai ktp kk", "nama lengkap calon peserta", "nama pelaku usaha", "nama lengkap gelar",
        "employee name", "nama pendek lengkap", "nama sesuai identitas", "peserta", "n a m a", "nama pedagang",
        "nama tenaga kerja rentan", "nama pekerja informal", "nama lengkap warga", "nama pasien", "nama pengusaha",
    )  # fmt: skip
    pattern = r"\b(nama|nm|name)\b"
    avoid = (
        r"\b(desa|negeri|kelurahan|kel|kecamatan|kec|kota|kabupaten|kelompok|kelmpk|klp|poktan|kub|koperasi|dusun"
        r"|jalan|sekolah|masjid|gereja|jemaat|panggilan|alias|pangkalan|pekerjaan|organisasi|perusahaan|lembaga"
        rf"|komunitas|dagang|rt|rw|hp|file|sheet|village|group|company)\b|{OTHERS}"
    )


class BirthPlace(Column):
    field = "birth_place"
    names = (
        "tempat lahir", "tmpt lahir", "tmp lahir", "tempat lhr", "tpt lahir", "kota lahir", "tmpt lhr", "t lahir",
        "birth place", "birthplace", "place of birth", "tempatlahir", "tmp lhr", "kota kelahiran", "tempat kelahiran",
        "tempat", "tmpt", "tpt lhr", "kab kota lahir", "tem lahir", "kelahiran",
    )  # fmt: skip
    pattern = r"\b(tempat|tmpt|tmp|tpt) (lahir|lhr|kelahiran)\b"
    avoid = r"\b(tgl|tanggal|tg|tggl|date)\b"


class BirthDate(Column):
    field = "birth_date"
    names = (
        "tgl lahir", "tanggal lahir", "tgl lhr", "tg lahir", "tggl lahir", "tgllahir", "tanggallahir",
        "tgl kelahiran",
        "tanggal kelahiran", "tanggal lhr", "birth date", "birthdate", "date of birth", "dob", "lahir", "tl",
        "tgl bln thn lahir", "tanggal bulan tahun lahir", "tgl bulan tahun lahir", "hari lahir", "tgl bln thn",
        "tgl bln th lahir", "tanggl lahir", "tangal lahir", "tgl lahr", "tgl lahir dd mm yyyy",
        "tgl lahir hh bb tttt",
        "tanggal", "tgl", "tangal", "lahir tgl", "lahir tanggal", "tgl tahun lahir", "tggl", "born",
        "tanggal lahir tgl bln thn", "tgl lahir sesuai ktp",
    )  # fmt: skip
    pattern = (
        r"\b(tgl|tanggal|tggl|tg|tangal|tanggl)( bln| bulan)?( thn| th| tahun)? (lahir|lhr|lahr|kelahiran)\b"
        r"|\bbirth ?date\b|\blahir\b.*\b(tgl|tanggal)\b|\b(tgl|tanggal)\b.*\blahir\b"
    )
    avoid = (
        rf"\b(daftar|input|usia|umur|meninggal|mulai|akhir|surat|terima|entri|tempat|tmpt|tmp|tpt|kota)\b|{OTHERS}"
    )


class BirthMonth(Column):
    """Only beside a day and a year in columns of their own."""

    field = "birth_month"
    names = ("bln lahir", "bulan lahir", "bln", "bulan", "bln lhr", "birth month", "month")


class BirthYear(Column):
    field = "birth_year"
    names = ("thn lahir", "tahun lahir", "thn", "tahun", "th lahir", "th", "thn lhr", "birth year", "year")


class BirthPlaceDate(Column):
    field = "birth_place_date"
    names = (
        "ttl", "t t l", "tempat tanggal lahir", "tempat tgl lahir", "tmpt tgl lahir", "tmp tgl lahir",
        "tempat tgl lhr",
        "tempat dan tanggal lahir", "tempat dan tgl lahir", "tempat tanggal lhr", "tmpt tgl lhr", "tpt tgl lahir",
        "tempat lahir tanggal lahir", "tempat lahir tgl lahir", "tempat tgllahir", "tempat lahir dan tanggal lahir",
        "tmpt tanggal lahir", "tmpt dan tgl lahir", "tempat lahir dan tgl lahir", "tmp tgl lhr", "tpt tgl lhr",
        "tempat tanggal bulan tahun lahir", "place and date of birth", "place date of birth", "tmptgl lahir",
        "tempat tanggal kelahiran", "tgl dan tempat lahir", "tanggal dan tempat lahir", "tgl tempat lahir",
        "tempat tgl bln thn lahir", "kelahiran tempat tanggal", "tempat tanggal lahir ttl", "tmpt tgl lair",
        "kota tgl lahir", "kota tanggal lahir", "kota dan tanggal lahir",
    )  # fmt: skip
    pattern = (
        r"\b(tempat|tmpt|tmp|tpt|kota|place)( (lahir|lhr))?( dan| and| serta)? (tgl|tanggal|tg|tggl|date)\b"
        r".*\b(lahir|lhr|birth|kelahiran)\b"
        r"|\bttl\b"
    )
    avoid = OTHERS


class Sex(Column):
    field = "sex"
    names = (
        "jk", "j k", "l p", "lp", "l atau p", "sex", "gender", "jenis kelamin", "jns kelamin", "jenkel", "jen kel",
        "jenis kel", "kelamin", "jns kel", "jk l p", "jenis kelamin l p", "jenis klamin", "jens kelamin", "p l",
        "lk pr", "lk p", "l k p r", "laki laki perempuan", "jeniskelamin", "jnskelamin", "jenis kelamin lk pr",
        "pria wanita", "p w", "jns klmn", "jenis klmn", "m f", "seks", "jekel", "jk lk pr", "laki perempuan", "j kel",
        "jenis kelamin laki laki perempuan", "jenis kelamin 1 l 2 p",
    )  # fmt: skip
    pattern = r"\b(jenis|jns|jen|j) ?(kelamin|klmn|klamin|kel)\b|\bsex\b|\bgender\b|\bjenkel\b|^jk\b"
    avoid = OTHERS


class Address(Column):
    field = "address"
    names = (
        "alamat", "alamat rumah", "alamat lengkap", "alamat ktp", "alamat tinggal", "alamat domisili", "domisili",
        "alamat sesuai ktp", "almt", "address", "home address", "alamat jalan", "jalan", "alamat tempat tinggal",
        "alamat sekarang", "tempat tinggal", "alamat peserta", "alamat pekerja", "jalan lorong", "lokasi rumah",
        "alamat dusun", "dusun", "kampung", "lingkungan", "alamt", "street", "lorong", "alamat rmh", "alamat jln",
    )  # fmt: skip
    pattern = r"\b(alamat|almt|address|domisili)\b"
    avoid = rf"\b(desa|negeri|kelurahan|kecamatan|email|kerja|tempat kerja|rt|rw)\b|{OTHERS}"


class RtRw(Column):
    field = "rt_rw"
    names = ("rt rw", "rtrw", "rt dan rw", "rukun tetangga rukun warga", "rt rw alamat", "alamat rt rw")
    pattern = r"\brt\b.*\brw\b"
    avoid = r"\b(ketua|nama)\b"


class Rt(Column):
    field = "rt"
    names = ("rt", "no rt", "nomor rt", "r t", "rukun tetangga")


class Rw(Column):
    field = "rw"
    names = ("rw", "no rw", "nomor rw", "r w", "rukun warga")


class Village(Column):
    field = "village"
    names = (
        "desa", "kelurahan", "negeri", "desa kelurahan", "kelurahan desa", "desa negeri kelurahan",
        "desa kel", "ds kel",
        "kel desa", "desa negeri", "negeri desa", "kel", "ds", "nama desa", "nama negeri", "nama kelurahan",
        "village",
        "kelurahan desa negeri", "negeri kelurahan", "kelurahan negeri", "desa kelurahan negeri",
        "negeri desa kelurahan",
        "negeri kelurahan desa", "kel ds", "nama desa kelurahan", "asal desa", "desa asal", "desa domisili",
        "kel negeri",
        "negeri kel", "village name", "desa kelurahan domisili", "kelurahan domisili", "kelurahan desa domisili",
        "des kel", "alamat desa kel", "alamat desa kelurahan", "alamat desa", "alamat kelurahan", "alamat negeri",
        "alamat desa negeri kelurahan", "alamat kel desa", "alamat kelurahan desa",
        "alamat negeri desa kelurahan", "desa kelurahan ktp", "wilayah desa", "negeri administratif", "ngri",
        "kelurhan",
        "kelurahan negeri desa", "desa adat", "desa lurah", "ds kel negeri", "nama desa negeri kelurahan",
    )  # fmt: skip
    pattern = r"\b(desa|kelurahan|negeri|village|kelurhan)\b|\b(ds|kel) (ds|kel|negeri)\b"
    avoid = (
        r"\b(kode|kepala|perangkat|kecamatan|kec|raja|dana|ketua|pegawai|kabupaten|kota|kelompok|kelamin|alamat"
        r"|jabatan)\b"
    )


class District(Column):
    field = "district"
    names = (
        "kecamatan",
        "kec",
        "nama kecamatan",
        "kecamatan domisili",
        "district",
        "distrik",
        "subdistrict",
        "kcamatan",
    )
    pattern = r"\b(kecamatan|district)\b"
    avoid = r"\b(desa|kelurahan|kode|kabupaten|kota)\b"


class Regency(Column):
    field = "regency"
    names = (
        "kota", "kabupaten", "kabupaten kota", "kab kota", "kota kabupaten", "kab", "city", "regency",
        "provinsi", "prov",
        "province",
    )  # fmt: skip


class Occupation(Column):
    field = "occupation"
    names = (
        "pekerjaan", "jenis pekerjaan", "profesi", "mata pencaharian", "kerja", "jenis kerja", "jns pekerjaan", "job",
        "occupation", "profession", "bidang pekerjaan", "pekerjaan utama", "pekerjaan ktp", "pekerjaan sekarang",
        "pekerjaan saat ini", "matapencaharian", "mata pencarian", "mata pencharian", "pekerjan", "pekrjaan",
        "pkrjaan",
        "jenis pekerjan", "jenis usaha", "usaha", "bidang usaha", "profesi pekerjaan", "pekerjaan profesi", "work",
        "jenis profesi", "uraian pekerjaan", "pekerjaan jenis usaha", "mata pencaharian utama", "kegiatan usaha",
        "jenis pekerjaan usaha", "pekerjaan usaha", "bekerja sebagai", "kategori pekerjaan", "jabatan pekerjaan",
        "status pekerjaan", "jns pek", "pek", "nama pekerjaan", "sektor pekerjaan", "jabatan", "job title",
        "keahlian",
        "occupation type", "tugas", "kelompok pekerjaan", "jenis pekerja", "pekerjaan rentan", "jenis pkrjn", "pkrjn",
        "jenis mata pencaharian", "profesion", "propesi", "mata pencaharian pokok", "pekerjaan pokok",
    )  # fmt: skip
    pattern = r"\b(pekerjaan|profesi|pencaharian|pekerjan|occupation|job)\b"
    avoid = r"\b(lokasi|tempat|alamat|jam|lama|kode|mulai|tahun|resiko|risiko|lainnya|sampingan|tambahan)\b|" + (
        r"\b(ibu|ayah|pasangan|istri|isteri|suami|waris|anak|orang ?tua|ortu|kepala keluarga)\b"
    )


class Income(Column):
    field = "income"
    names = (
        "penghasilan", "pendapatan", "penghasilan bln", "penghasilan bulan", "penghasilan per bulan", "gaji", "upah",
        "pendapatan per bulan", "pendapatan bln", "rata rata penghasilan", "income", "monthly income",
        "penghasilan rp",
        "penghasilan bln rp", "penghasilan bulanan", "pendapatan bulanan", "penghasilan sebulan", "penghsilan",
        "penghasilan rata rata", "pendapatan rata rata", "honor", "gaji upah", "salary", "penghasilan perbulan",
        "pendapatan perbulan", "upah per bulan", "besaran penghasilan",
    )  # fmt: skip
    pattern = r"\b(penghasilan|pendapatan|income|gaji|upah)\b"
    avoid = r"\b(sumber|bukti|pengeluaran|waris|suami|istri|dasar)\b"


class Phone(Column):
    field = "phone"
    names = (
        "no hp", "nomor hp", "hp", "no telp", "no telepon", "telepon", "telp", "no telp wa", "no wa", "wa",
        "whatsapp",
        "nomor hp wa", "no hp wa", "hp wa", "no handphone", "handphone", "phone", "phone number", "mobile", "no tlp",
        "kontak", "no kontak", "contact", "nomor telepon", "nomor whatsapp", "no whatsapp", "tlp",
        "no telpon", "telpon",
        "no telp hp", "no hp telp", "nohp", "nomor handphone", "no hp aktif", "no seluler", "ponsel", "no ponsel",
        "no telp hp wa", "nomor telp", "nomor telp wa", "nomor kontak", "mobile phone", "cp", "hp telp", "no tel",
    )  # fmt: skip
    pattern = r"\b(hp|telp|telepon|telpon|tlp|handphone|whatsapp|phone|wa|ponsel|seluler)\b"
    avoid = r"\b(waris|ibu|suami|istri|pendamping|petugas|ketua|darurat)\b"


class Group(Column):
    field = "group_name"
    names = (
        "kelompok", "nama kelompok", "kelompok tani", "nama poktan", "poktan", "kub", "nama kub", "koperasi",
        "nama koperasi", "group", "group name", "nama pangkalan", "pangkalan", "kelompok usaha", "kelompok nelayan",
        "nama kelompok usaha", "nama kelompok nelayan", "nama kelompok tani", "organisasi", "nama organisasi",
        "jemaat", "nama jemaat", "klp", "nama klp", "paguyuban", "aplikator", "nama komunitas", "komunitas",
    )  # fmt: skip
    pattern = r"\b(kelompok|poktan|kub|koperasi|klp)\b"
    avoid = r"\b(umur|usia|ketua|jabatan|pekerjaan)\b"


class Decile(Column):
    field = "decile"
    names = ("desil", "decile", "desil dtsen", "desil dtks", "desil kesejahteraan", "peringkat desil", "desil p3ke")
    pattern = r"\b(desil|decile)\b"


class Note(Column):
    field = "note"
    names = ("ket", "keterangan", "catatan", "note", "notes", "remark", "remarks", "keterangan lain", "info", "kett")
    pattern = r"^(ket|keterangan|catatan)\b"


class Age(Column):
    """Known, so that it is never mistaken for something else; the birth date decides."""

    field = "age"
    names = ("umur", "usia", "age", "umur tahun", "usia tahun", "umur thn", "usia thn", "umur saat ini")
    pattern = r"\b(umur|usia)\b"


COLUMNS: tuple[type[Column], ...] = (
    Number, Nik, FamilyCard, Name, BirthPlaceDate, BirthPlace, BirthDate, BirthMonth, BirthYear, Sex, Address, RtRw,
    Rt, Rw, Village,
    District, Regency, Occupation, Income, Phone, Group, Decile, Note, Age,
)  # fmt: skip

# Columns that the marked list adds; a list that comes back carries them and they are not data.
OURS = ("hasil", "alasan", "lembar asal", "baris asal", "id baris")
ABOUT_OTHERS = re.compile(OTHERS)
