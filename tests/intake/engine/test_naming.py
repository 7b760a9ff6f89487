"""Headings as people write them."""

from __future__ import annotations

import pytest

from salawaku.intake.engine.naming import field_of, field_under

HEADINGS = {
    "nik": "NIK|N I K|No. KTP|NIK KTP|NO.KTP/NIK|Nomor Induk Kependudukan|No.Induk|NIK*|nik (16 digit)|No KTP / NIK|NIK (Sesuai KTP)"
    "|NO. INDUK KEPENDUDUKAN|Nomor KTP|NIK/No. KTP|e-KTP|ID Number|Nomer NIK|NOMOR INDUK KEPENDUDUKN|no_ktp|NIK Pekerja",
    "family_card": "NO. KK|KK|No. Kartu Keluarga|NOMOR KARTU KELUARGA|No KK (16 digit)|no_kk|Nomor KK|NIK KK|No.KK*|NKK",
    "name": "NAMA|Nama Lengkap|Nm Lengkap|NAMA NELAYAN/ANGGOTA|nama_lengkap|Nama (sesuai KTP)|NAMA PESERTA|Nama Pekerja Rentan"
    "|Full Name|NAMA LENKAP|N A M A|Nama Lengkap & Gelar|NAMA TENAGA KERJA|Nama Sopir|NAMA PENERIMA",
    "birth_place_date": "TTL|T.T.L|Tempat/Tanggal Lahir|Tempat/Tgl Lahir|Tmpt/Tgl Lahir|TEMPAT, TANGGAL LAHIR|Tempat & Tgl. Lahir"
    "|Tempat dan Tanggal Lahir|Tempat Tgl.Lahir|Tpt/Tgl Lhr|Place and date of birth",
    "birth_date": "TGL LAHIR|Tgl. Lhr|TANGGAL LAHIR|tanggal_lahir|Tgl.Lahir (dd-mm-yyyy)|Date of Birth|DOB|Tanggl Lahir|Lahir Tgl"
    "|Tgl/Bln/Thn Lahir",
    "birth_place": "TEMPAT LAHIR|Tmpt Lahir|Tempat Lhr|Kota Lahir|Birth Place",
    "sex": "L/P|JK|JK (L/P)|Jenis Kelamin|Jns Kelamin|SEX|Gender|J. Kelamin|JENKEL|Jenis Kelamin (L/P)|P/L|Kelamin|Jenis Klamin|Lk/Pr",
    "address": "ALAMAT|Alamat Rumah|Alamat Lengkap|Alamat (Jalan)|Alamat Domisili|Address|Jalan|Dusun|alamat_ktp",
    "rt_rw": "RT/RW|RT / RW|Rt.Rw",
    "rt": "RT|RT.|No. RT",
    "rw": "RW|No RW",
    "village": "DESA/NEGERI/KELURAHAN|Kelurahan|Desa/Kel|Ds/Kel|Negeri|DESA|Nama Desa|Kel/Desa|Village|Alamat (Desa/Kel)"
    "|KELURAHAN / DESA|Desa/Negeri|Kelurhan",
    "district": "KECAMATAN|Kec.|Nama Kecamatan",
    "occupation": "PEKERJAAN|Jenis Pekerjaan|Mata Pencaharian|Profesi|Kerja|Jns Pekerjaan|Occupation|Pekerjan|PEKERJAAN/USAHA"
    "|Jenis Usaha|Pekerjaan Utama|Mata Pencarian|PROPESI|Bidang Pekerjaan",
    "income": "PENGHASILAN/BLN (Rp)|Penghasilan|Pendapatan per Bulan|Gaji|Penghasilan Rata-rata|Upah",
    "phone": "NO HP|No. Telp/WA|Nomor HP/WA|No. Telepon|HP|Telp.|WhatsApp|no_hp|No. Handphone|Kontak",
    "group_name": "NAMA KELOMPOK|Kelompok|Nama KUB/Poktan|Poktan|Nama Koperasi",
    "decile": "Desil|DESIL DTSEN",
    "note": "KET|Keterangan|Ket.|Catatan",
    "number": "NO|No.|Nomor|No Urut|NOMOR URUT",
    "age": "UMUR|Usia (thn)",
}
OTHERS = (
    "Nama Ibu Kandung|NIK Pasangan|Nama Suami/Istri|Nama Ahli Waris|NIK Kepala Keluarga|NAMA KEPALA KELUARGA|AGAMA|Status Kawin"
    "|No Rekening Bank|Timestamp|HASIL|Pekerjaan Suami|NIP||ID BARIS|Nama Petugas|Pendidikan|9101010101900001"
)


@pytest.mark.parametrize(("field", "label"), [(f, label) for f, text in HEADINGS.items() for label in text.split("|")])
def test_heading_names_its_field(field: str, label: str) -> None:
    assert field_of(label) == field


@pytest.mark.parametrize("label", OTHERS.split("|"))
def test_heading_of_something_else_names_nothing(label: str) -> None:
    assert field_of(label) is None


@pytest.mark.parametrize(
    ("parents", "child", "field"),
    [
        (["JENIS KELAMIN"], "L", "male"),
        (["L/P"], "P", "female"),
        (["JENIS KELAMIN"], "Laki-laki", "male"),
        (["TEMPAT/TGL LAHIR"], "TEMPAT", "birth_place"),
        (["TEMPAT/TGL LAHIR"], "TGL", "birth_date"),
        (["TANGGAL LAHIR"], "Tempat", "birth_place"),
        (["LAHIR"], "Tanggal", "birth_date"),
        (["ALAMAT"], "RT", "rt"),
        (["ALAMAT"], "RT/RW", "rt_rw"),
        (["ALAMAT"], "Desa", "village"),
        (["ALAMAT"], "Jalan", "address"),
        (["KELOMPOK"], "NAMA", "group_name"),
        (["AHLI WARIS"], "NAMA", None),
        (["AHLI WARIS"], "NIK", None),
        (["IDENTITAS"], "NIK", "nik"),
        (["NOMOR"], "KK", "family_card"),
        (["NOMOR"], "KTP", "nik"),
        (["DATA DIRI", "NAMA"], "LENGKAP", "name"),
        (["NAMA"], "", "name"),
        ([], "NIK", "nik"),
    ],
)
def test_heading_of_two_rows(parents: list[str], child: str, field: str | None) -> None:
    assert field_under(parents, child) == field
