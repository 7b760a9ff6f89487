"""Column names as people write them."""

from __future__ import annotations

NIK = (
    "NIK;No. KTP;NIK KTP;Nomor Induk Kependudukan;NO. NIK;N I K;No KTP/NIK;NIK (16 digit);Nomor KTP;NO KTP;"
    "NIK/No. KTP;nik;NO. INDUK KEPENDUDUKAN;No. KTP / NIK;Nomer NIK;NIK e-KTP;No. Identitas;"
    "Identitas (NIK);Nomor KTP (NIK);NIK SESUAI KTP"
)
NAME = (
    "NAMA LENGKAP;Nama;NAMA NELAYAN/ANGGOTA;nama_lengkap;Nama Pekerja;NAMA SESUAI KTP;Nama Lengkap (sesuai KTP);"
    "Nama Peserta;NAMA CALON PESERTA;Full Name;Nama Warga;Nama Anggota;Name;Nama Tenaga Kerja;Nama Penerima;"
    "NAMA LENGKP;N A M A;Nama Jelas"
)
BIRTH_DATE = (
    "TGL LAHIR;Tanggal Lahir;tanggal_lahir;TGL. LAHIR;Tgl Lahir (dd-mm-yyyy);TANGGAL LAHIR;Tgl. Lhr;Birth Date;"
    "Date of Birth;Tggl Lahir;TANGAL LAHIR;Lahir Tgl;Tgl.Lahir;Birthday;Hari/Tgl Lahir;tgl_lahir;DOB"
)
TTL = (
    "Tempat/Tanggal Lahir;TTL;Tempat/Tgl Lahir;TEMPAT, TGL LAHIR;Tempat, Tanggal Lahir;T.T.L;Tempat Tgl. Lahir;"
    "Tempat dan Tanggal Lahir;TTL (Tempat, Tgl Lahir);Tmp/Tgl Lahir"
)
SEX = (
    "JK (L/P);L/P;JENIS KELAMIN;jenis_kelamin;JK;Kelamin;Jns Kelamin;SEX;Jenis Kelamin (L/P);Gender;J. Kelamin;"
    "Jenis Klamin;J/K;Lk/Pr"
)
OCCUPATION = (
    "PEKERJAAN;Jenis Pekerjaan;profesi;Mata Pencaharian;Profesi;Pekerjaan/Usaha;Jenis Usaha;Bidang Pekerjaan;"
    "Occupation;JENIS PEKERJAAN / USAHA;Pekerjaan Pokok;Pkrjaan;Kerja Sebagai;pekerjaan_utama;Pekerjan"
)
VILLAGE = (
    "DESA/NEGERI/KELURAHAN;kelurahan;Desa/Kelurahan;Desa;Negeri/Kelurahan;DESA/KEL;Kelurahan/Desa;Kel/Desa/Negeri;"
    "NEGERI;Village;Nama Desa;Desa / Negeri;Asal Desa/Negeri;Alamat (Desa/Kel)"
)
HEADINGS: dict[str, tuple[str, ...]] = {
    "no": ("NO", "No.", "No", "NOMOR", "No Urut", "NO. URUT", "Nomor Urut", "#"),
    "nik": tuple(NIK.split(";")),
    "household": ("NO. KK", "No KK", "Nomor Kartu Keluarga", "KK", "NO KARTU KELUARGA", "No. Kartu Keluarga", "NKK"),
    "name": tuple(NAME.split(";")),
    "birthplace": ("TEMPAT LAHIR", "Tempat Lahir", "Tmp Lahir", "tempat_lahir", "Kota Kelahiran", "TMPT LAHIR"),
    "birth_date": tuple(BIRTH_DATE.split(";")),
    "ttl": tuple(TTL.split(";")),
    "sex": tuple(SEX.split(";")),
    "address": ("ALAMAT", "Alamat", "Alamat Rumah", "alamat_lengkap", "ALAMAT DOMISILI", "Alamat (Jalan)", "Address"),
    "rt": ("RT", "Rt", "RT.", "rt"),
    "rw": ("RW", "Rw", "RW.", "rw"),
    "rtrw": ("RT/RW", "RT / RW", "Rt/Rw", "RT-RW", "RT RW"),
    "occupation": tuple(OCCUPATION.split(";")),
    "income": ("PENGHASILAN/BLN (Rp)", "Penghasilan", "penghasilan", "Pendapatan per Bulan", "Income", "PENGHASILAN"),
    "phone": ("NO HP", "No. Telp/WA", "No. HP", "HP", "Nomor Telepon", "No. Telepon/HP", "WA", "Kontak", "no_hp"),
    "village": tuple(VILLAGE.split(";")),
    "district": ("KECAMATAN", "Kecamatan", "Kec.", "kecamatan", "KEC", "District"),
    "group": ("NAMA KELOMPOK", "Kelompok", "Nama KUB/Poktan", "KELOMPOK USAHA", "Nama Koperasi"),
    "decile": ("DESIL", "Desil DTSEN", "Desil"),
    "note": ("KETERANGAN", "Ket.", "KET", "Catatan", "Keterangan"),
    "age": ("UMUR", "Umur", "Usia", "Umur (Thn)", "Age"),
    "mother": ("Nama Ibu Kandung", "NAMA IBU", "Ibu Kandung"),
    "heir": ("NAMA AHLI WARIS", "Ahli Waris", "Nama Ahli Waris"),
    "heir_nik": ("NIK AHLI WARIS", "No. KTP Ahli Waris", "NIK Ahli Waris"),
    "entered": ("Tgl Input", "Tanggal Daftar", "TGL PENDATAAN", "Timestamp"),
    "religion": ("AGAMA", "Agama"),
    "schooling": ("PENDIDIKAN", "Pendidikan Terakhir", "Pend. Akhir"),
    "status": ("STATUS", "Status Perkawinan", "Status Kawin"),
    "signature": ("TANDA TANGAN", "Ttd", "Paraf"),
    "account": ("No. Rekening", "NO REKENING BANK"),
}
"""Every kind of column with its spellings; the first of each are those of tidy senders."""

GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("DATA KEPENDUDUKAN", ("nik", "household")),
    ("TEMPAT, TANGGAL LAHIR", ("birthplace", "birth_date")),
    ("KELAHIRAN", ("birthplace", "birth_date")),
    ("JENIS KELAMIN", ("tick_m", "tick_f")),
    ("ALAMAT", ("address", "rt", "rw")),
    ("ALAMAT DOMISILI", ("rt", "rw", "village")),
    ("WILAYAH", ("village", "district")),
    ("PEKERJAAN", ("occupation", "income")),
    ("AHLI WARIS", ("heir", "heir_nik")),
)
"""Headers of two rows: the upper label and the kinds of columns below it, in this order."""

SUBHEADINGS: dict[str, tuple[str, ...]] = {
    "tick_m": ("L", "Lk", "LAKI-LAKI", "L"),
    "tick_f": ("P", "Pr", "PEREMPUAN", "P"),
    "birthplace": ("TEMPAT", "Tempat Lahir", "Tempat"),
    "birth_date": ("TANGGAL", "Tgl Lahir", "Tanggal"),
    "heir": ("NAMA", "Nama"),
    "heir_nik": ("NIK", "No. KTP"),
    "occupation": ("JENIS", "Jenis Pekerjaan", "Pekerjaan"),
    "income": ("PENGHASILAN", "Penghasilan/Bln"),
}
"""What stands in the lower row of a header of two rows; other kinds keep their own name."""
