"""Makes the report. A request may come twice; the same month gives the same object."""

import virga


@virga.task
def handler(wish):
    key = f"{wish['month']}.txt"
    virga.Bucket("reports").put(key, f"Report of {wish['month']}\n", "text/plain")
    return {"key": key}
