"""Tests of the candidate's mini-program, run by node on the engine that WeChat itself uses."""
