"""Places a call, and sees it queued, live and finished."""

from simulated import advance, client, expect  # first: it makes the package known

from plivo.exceptions import ResourceNotFoundError

plivo = client()

placed = plivo.calls.create(from_="+12175550100", to_="+12175550101", answer_url="https://example.com/answer")
call = placed.request_uuid
expect("queued calls", plivo.queued_calls.list_ids().calls, [call])
expect("state in the queue", plivo.queued_calls.get(call).call_status, "queued")
expect("live calls", plivo.live_calls.list_ids().calls, [])

advance(2)
expect("queued calls, later", plivo.queued_calls.list_ids().calls, [])
expect("live calls, later", plivo.live_calls.list_ids().calls, [call])
try:
    plivo.calls.get(call)
    expect("a live call among the finished ones", True, False)
except ResourceNotFoundError as error:
    expect("a live call among the finished ones", type(error).__name__, "ResourceNotFoundError")

advance(120)
expect("live calls, in the end", plivo.live_calls.list_ids().calls, [])
expect("finished calls", [finished.call_uuid for finished in plivo.calls.list()], [call])
expect("who was called", plivo.calls.get(call).to_number, "+12175550101")
