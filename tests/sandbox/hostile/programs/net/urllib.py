# expect: ok error
import urllib.request
try:
    urllib.request.urlopen(f"http://127.0.0.1:{TARGET['port']}/", timeout=2)
except urllib.error.URLError as error:
    if "timed out" in str(error):
        breach("connected")
except TimeoutError:
    breach("connected")
