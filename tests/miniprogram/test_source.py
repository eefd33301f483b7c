"""The mini-program's source is sound before it runs: types and lint; the page tests compile its WXML."""

from tests.miniprogram.node_tools import run_node


def test_the_javascript_agrees_with_wechats_own_typings() -> None:
    result = run_node("node_modules/typescript/bin/tsc", "-p", "miniprogram/jsconfig.json")
    assert result.returncode == 0, result.stdout + result.stderr


def test_the_javascript_uses_nothing_a_mini_program_does_not_have() -> None:
    result = run_node("node_modules/eslint/bin/eslint.js", "miniprogram")
    assert result.returncode == 0, result.stdout + result.stderr
