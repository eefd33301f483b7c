"""What can happen and when: pure rules that import nothing but the standard library."""
