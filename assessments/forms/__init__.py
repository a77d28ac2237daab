"""Forms of assessments: each checks what was typed and says what to do about it."""
