"""What must be true of purses, bills, months and refunds after whatever anybody did; each query finds the untrue."""

from __future__ import annotations

from django.db import connection

from salawaku.accounts.scoping import elevated
from salawaku.registry.endings import ENDED

UNTRUE = {
    "a purse holds what its months say": """
        SELECT p.id, p.ceiling, p.committed, p.billed, p.paid, m.decreed, m.billed, m.paid, r.kept
        FROM programmes_purse p
        LEFT JOIN LATERAL (
            SELECT coalesce(sum(amount) FILTER (WHERE status = 'decreed'), 0) AS decreed,
                   coalesce(sum(amount) FILTER (WHERE status <> 'decreed'), 0) AS billed,
                   coalesce(sum(amount) FILTER (WHERE status = 'paid'), 0) AS paid
            FROM cover_workermonth WHERE purse_id = p.id) m ON true
        LEFT JOIN LATERAL (
            SELECT coalesce(sum(amount), 0) AS kept FROM cover_refund
            WHERE purse_id = p.id AND status = 'received' AND ledger_kept) r ON true
        WHERE p.committed <> m.decreed OR p.billed <> m.billed - r.kept OR p.paid <> m.paid - r.kept
           OR p.committed + p.billed > p.ceiling OR least(p.committed, p.billed, p.paid) < 0 OR p.paid > p.billed""",
    "a bill asks for the months on it and those given back since": """
        SELECT b.id, b.status, b.amount, b.workers, m.amount, m.workers, r.amount, r.workers
        FROM cover_bill b
        LEFT JOIN LATERAL (SELECT coalesce(sum(amount), 0) AS amount, count(*) AS workers,
                                  coalesce(bool_and(status = CASE b.status WHEN 'open' THEN 'billed' ELSE 'paid' END
                                                    AND purse_id = b.purse_id AND month = b.month), true) AS alike
                           FROM cover_workermonth WHERE bill_id = b.id) m ON true
        LEFT JOIN LATERAL (SELECT coalesce(sum(amount), 0) AS amount, count(*) AS workers FROM cover_refund
                           WHERE bill_id = b.id AND status = 'received' AND NOT ledger_kept) r ON true
        WHERE CASE WHEN b.status = 'void' THEN m.workers + r.workers > 0
              ELSE NOT m.alike OR b.amount <> m.amount + r.amount OR b.workers <> m.workers + r.workers END""",
    "a paid bill has one receipt, an open one none": """
        SELECT b.id, b.status, b.amount, l.receipts, l.amount FROM cover_bill b
        LEFT JOIN LATERAL (SELECT count(*) AS receipts, coalesce(sum(amount), 0) AS amount FROM cover_paymentline
                           WHERE bill_id = b.id AND (outcome = 'matched' OR decision = 'matched')) l ON true
        WHERE l.receipts <> (b.status = 'paid')::int
           OR l.amount <> CASE WHEN b.status = 'paid' THEN b.amount ELSE 0 END""",
    "a refund that waits is of a month that was billed so": """
        SELECT r.id, r.status, r.worker_id, r.month FROM cover_refund r
        LEFT JOIN cover_workermonth m ON m.worker_id = r.worker_id AND m.month = r.month AND m.bill_id = r.bill_id
             AND m.purse_id = r.purse_id AND m.amount = r.amount
        WHERE (r.status <> 'received' OR r.ledger_kept) AND m.worker_id IS NULL""",
    "nothing is decreed after a death or the end of aid": """
        SELECT m.worker_id, m.month, w.died_on FROM cover_workermonth m JOIN registry_worker w ON w.id = m.worker_id
        WHERE m.status = 'decreed' AND m.month > w.died_on AND NOT cover_is_closed(m.month, m.village_code)
        UNION ALL
        SELECT m.worker_id, m.month, e.closes_from FROM cover_workermonth m
        JOIN ("""
    + ENDED
    + """) e ON e.worker_id = m.worker_id AND m.month >= e.closes_from
        WHERE m.status = 'decreed' AND NOT cover_is_closed(m.month, m.village_code)""",
    "an order asks for what its bills ask for": """
        SELECT o.id FROM cover_paymentorder o
        WHERE o.amount <> (SELECT sum(amount) FROM cover_orderbill WHERE order_id = o.id)
           OR EXISTS (SELECT 1 FROM cover_orderbill l JOIN cover_bill b ON b.id = l.bill_id
                      WHERE l.order_id = o.id AND l.live AND (b.amount <> l.amount OR b.status = 'void'))""",
    "a sponsored month is the foster purse's, within the pledge": """
        SELECT s.month, s.worker_id FROM sponsors_sponsoredmonth s JOIN sponsors_pledge p ON p.id = s.pledge_id
        LEFT JOIN cover_workermonth m USING (month, worker_id, insurance)
        WHERE m.purse_id IS DISTINCT FROM p.purse_id OR s.month NOT BETWEEN p.first_month AND p.last_month
        UNION ALL
        SELECT s.month, s.pledge_id FROM sponsors_sponsoredmonth s JOIN sponsors_pledge p ON p.id = s.pledge_id
        GROUP BY s.month, s.pledge_id, p.workers HAVING count(*) > p.workers""",
    "nobody has a month twice, not even under two records": """
        SELECT g.kept_id, m.month FROM registry_merge g
        JOIN cover_workermonth m ON m.worker_id = g.gone_id AND m.status = 'decreed'
        JOIN cover_workermonth k ON k.worker_id = g.kept_id AND k.month = m.month
        WHERE g.undone_at IS NULL AND NOT cover_is_closed(m.month, m.village_code)""",
}
CLOSED = """
SELECT m.month, m.purse_id, m.amount, m.status, m.bill_id, count(*) FROM cover_workermonth m
WHERE cover_is_closed(m.month, m.village_code) GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 3, 4, 5
"""


def untrue() -> dict[str, list[tuple[object, ...]]]:
    """What is not as it must be; nothing when all is well."""
    found = {}
    with elevated("a test counts the money of everybody"), connection.cursor() as cursor:
        for rule, query in UNTRUE.items():
            cursor.execute(query)
            if rows := cursor.fetchall():
                found[rule] = rows
    return found


def closed_months() -> list[tuple[object, ...]]:
    """The months that are closed, as they stand: purse, amount, how far, bill, how many workers."""
    with elevated("a test looks at closed months"), connection.cursor() as cursor:
        cursor.execute(CLOSED)
        return cursor.fetchall()
