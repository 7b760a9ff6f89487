"""What a role may do: stable codes, each with a sentence for the people page. Roles are data (roles.py)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

PERMISSIONS = {
    "register.view": _("See workers of one's own area"),
    "register.unmask": _("See whole identity numbers; each look is written down"),
    "register.declare": _("Write down what was declared about a worker, with its evidence"),
    "register.merge": _("Merge records of the same person, and undo it"),
    "register.export": _("Take lists of workers out as a file"),
    "intake.load": _("Upload lists"),
    "intake.confirm": _("Confirm checked lists into the register"),
    "intake.decide": _("Decide whether two records are the same person"),
    "programme.view": _("See programmes, quotas, purses and decrees"),
    "programme.manage": _("Set up programmes, quotas and purses"),
    "allocation.propose": _("Propose who is covered from which purse"),
    "allocation.approve": _("Approve a colleague's proposal"),
    "decree.sign": _("Freeze and number a decree"),
    "cover.view": _("See months of cover and who is about to lapse"),
    "bill.run": _("Make bills, split them, ask BPJS for refunds"),
    "payment.record": _("Import payments, record payment orders and refunds received"),
    "month.reconcile": _("Compare a month with the list of BPJS, settle differences, close the month"),
    "sponsor.view": _("See sponsors, their pledges and the deduction list of one's own area or agency"),
    "sponsor.manage": _("Load civil servants, accept pledges, match workers, record deductions; donors"),
    "exchange.send": _("Make files for BPJS, set their columns"),
    "exchange.receive": _("Take in what BPJS answered, decide what it left open"),
    "dukcapil.match": _("Match workers with Dukcapil under an agreement"),
    "audit.view": _("Read the audit trail"),
    "people.manage": _("Open accounts and give roles"),
}
