# expect: ok error time_limit output_limit
# control: none: logging ends at the report
import logging
for _ in range(5000):
    logging.getLogger("flood").warning("w" * 2000)
