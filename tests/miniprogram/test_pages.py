"""The pages of the mini-program behave: their own tests run in node, one verdict here."""

from tests.miniprogram.node_tools import ROOT, run_node


def test_every_page_test_passes_on_the_real_engine() -> None:
    files = sorted(
        str(path.relative_to(ROOT)) for path in (ROOT / "tests" / "miniprogram").glob("*.test.mjs")
    )
    assert files
    result = run_node("--test", "--test-reporter=spec", *files)
    assert result.returncode == 0, result.stdout + result.stderr
