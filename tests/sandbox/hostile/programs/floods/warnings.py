# expect: ok error time_limit output_limit
# control: none: warnings end at the report
import warnings
warnings.simplefilter("always")
for i in range(5000):
    warnings.warn("w" * 2000 + str(i))
