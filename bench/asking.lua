-- For wrk: one header or a new cookie for each request, perhaps a body; at the end one line of JSON.
local cookies, at = {}, 0
local file = os.getenv("BENCH_COOKIES")
if file and file ~= "" then
  for line in io.lines(file) do cookies[#cookies + 1] = line end
end

function init()
  local name, value = string.match(os.getenv("BENCH_HEADER") or "", "^([^:]+): (.*)$")
  if name then wrk.headers[name] = value end
  local body = os.getenv("BENCH_BODY") or ""
  if body ~= "" then
    wrk.method, wrk.body = "POST", body
    wrk.headers["Content-Type"] = "application/x-www-form-urlencoded"
    wrk.headers["Sec-Fetch-Site"] = "same-origin"
  end
end

function request()
  if #cookies > 0 then
    at = at % #cookies + 1
    wrk.headers["Cookie"] = cookies[at]
  end
  return wrk.format()
end

function done(summary, latency)
  local errors = summary.errors
  local bad = errors.connect + errors.read + errors.write + errors.status + errors.timeout
  print(string.format('\n{"requests": %d, "seconds": %.3f, "bad": %d, "p50_ms": %.2f, "p95_ms": %.2f}',
    summary.requests, summary.duration / 1e6, bad, latency:percentile(50) / 1000, latency:percentile(95) / 1000))
end
