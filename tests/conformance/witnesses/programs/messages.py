"""Sends a message to two destinations, lists messages by direction and date, and reads 50 recordings by cursor."""

from datetime import datetime, timedelta

from simulated import ACCOUNT, advance, client, control, expect

plivo = client()

sent = plivo.messages.create(src="+12175550100", dst="+12175550101<+12175550102", text="Hello.")
expect("ids of one request", len(sent.message_uuid), 2)
first = plivo.messages.get(sent.message_uuid[0])
expect("destination of the first message", first.to_number, "+12175550101")
advance(60)
expect("its state after a minute", plivo.messages.get(sent.message_uuid[0]).message_state, "delivered")

start = datetime(2026, 1, 1)
outbound = plivo.messages.list(message_direction="outbound", message_time__gte=start)
expect("outbound messages since the start", len(list(outbound)), 2)
later = plivo.messages.list(message_direction="outbound", message_time__gte=start + timedelta(days=1))
expect("outbound messages of the next day", len(list(later)), 0)
expect("inbound messages", len(list(plivo.messages.list(message_direction="inbound"))), 0)

recordings = [{"recording_id": f"recording-{number}"} for number in range(50)]
control(
    "/_simulator/objects",
    {"collections": [{"account": ACCOUNT, "resource": "recording", "objects": recordings}]},
)
seen = [recording.recording_id for recording in plivo.recordings]
expect("recordings on all pages", len(seen), 50)
expect("different ones", len(set(seen)), 50)
