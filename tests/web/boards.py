"""A home page full of figures, made up."""

from datetime import UTC, date, datetime

from salawaku.web.dashboard import Batch, Dashboard, Lapse, Purse, Task
from salawaku.web.figures import Month
from salawaku.web.village_map import Place

TODAY = date(2026, 5, 22)
VILLAGES = (
    ("Negeri Passo", "Baguala", -3.6333, 128.2536, 812, 900, False),
    ("Negeri Halong", "Baguala", -3.6667, 128.2072, 402, 700, True),
    ("Desa Nania", "Baguala", -3.6361, 128.2286, 150, 600, False),
    ("Negeri Rumah Tiga", "Teluk Ambon", -3.6480, 128.1880, 505, 500, False),
    ("Desa Hunuth", "Teluk Ambon", -3.6260, 128.2070, 0, 300, True),
    ("Negeri Leahari", "Leitimur Selatan", -3.7000, 128.2700, 44, 200, False),
    ("Kelurahan Batu Merah", "Sirimau", -3.6900, 128.1950, 900, 1500, False),
    ("Kelurahan Pandan Kasturi", "Sirimau", -3.6850, 128.2010, 300, 800, False),
    ("Negeri Soya", "Sirimau", -3.7050, 128.2050, 0, 0, False),
    ("Negeri Latuhalat", "Nusaniwe", -3.7800, 128.1000, 390, 400, False),
)


def full_board() -> Dashboard:
    """Every part of the page filled."""
    places = [
        Place(
            name=name,
            url=f"/desa/{index}",
            part=part,
            whole=whole,
            lat=lat,
            lng=lng,
            group=group,
            needs_attention=alarm,
        )
        for index, (name, group, lat, lng, part, whole, alarm) in enumerate(VILLAGES)
    ]
    batch = Batch("03-negeri-halong.xlsx", 412, 9, "/daftar/1", datetime(2026, 5, 21, 3, tzinfo=UTC))
    return Dashboard(
        as_of=TODAY,
        covered=12480,
        target=20000,
        lapsing=1204,
        has_lists=True,
        covered_url="/pekerja/?cover=active",
        target_url="/program/1",
        lapsing_url="/perlindungan/?lapse=30",
        villages_url="/perlindungan/desa",
        upload_url="/daftar/unggah",
        lists_url="/daftar/",
        tasks=[
            Task("pasangan menunggu keputusan", 37, "/daftar/pasangan", "users"),
            Task("usulan alokasi menunggu persetujuan", 1, "/program/1/usulan"),
        ],
        places=places,
        lapses=[
            Lapse(date(2026, month, 1), count, f"/perlindungan/?month=2026-{month:02}")
            for month, count in ((6, 310), (7, 1204), (8, 88), (9, 0))
        ],
        purses=[
            Purse("APBD Kota Ambon 2026", 2_016_000_000, 1_800_000_000, 940_800_000, "/dana/1"),
            Purse("Dana desa", 504_000_000, 120_000_000, 40_000_000, "/dana/2"),
            Purse("Bapak asuh ASN", 84_000_000, 84_000_000, 84_000_000, "/dana/3"),
        ],
        batches=[batch],
        history=[
            Month(date(2025 + (5 + i) // 12, (5 + i) % 12 + 1, 1), part, 20000)
            for i, part in enumerate((0, 4000, 9000, 9000, 9100, 9100, 9100, 400, 400, 400, 8000, 12480))
        ],
        last_upload=batch,
    )
