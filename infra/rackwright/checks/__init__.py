"""What is measured on hosts, what it must reach, and the verdict. Fail closed: unmeasured is not healthy."""
