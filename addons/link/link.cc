/**
 * Ableton's Link for Node: one peer a process, as functions of numbers. Times are Link's own, in milliseconds.
 */
#include <ableton/Link.hpp>
#include <memory>
#include <node_api.h>

namespace {

using ableton::Link;
using std::chrono::microseconds;

/** The arguments of a call; missing ones are 0. */
using Numbers = double[3];

microseconds moment(double ms) { return microseconds(static_cast<long long>(ms * 1000)); }
double milliseconds(microseconds time) { return static_cast<double>(time.count()) / 1000; }

double tempo(Link& link, const Numbers&) { return link.captureAppSessionState().tempo(); }
double peers(Link& link, const Numbers&) { return static_cast<double>(link.numPeers()); }
double now(Link& link, const Numbers&) { return milliseconds(link.clock().micros()); }
double isPlaying(Link& link, const Numbers&) { return link.captureAppSessionState().isPlaying(); }
double changedAt(Link& link, const Numbers&) { return milliseconds(link.captureAppSessionState().timeForIsPlaying()); }

double beatAt(Link& link, const Numbers& given) {
  return link.captureAppSessionState().beatAtTime(moment(given[0]), given[1]);
}

/** Changes what all peers share. */
template <typename Change> double change(Link& link, Change how) {
  auto state = link.captureAppSessionState();
  how(state);
  link.commitAppSessionState(state);
  return 0;
}

double setTempo(Link& link, const Numbers& given) {
  return change(link, [&](Link::SessionState& state) { state.setTempo(given[0], moment(given[1])); });
}

double setBeat(Link& link, const Numbers& given) {
  return change(link, [&](Link::SessionState& state) { state.requestBeatAtTime(given[0], moment(given[1]), given[2]); });
}

double play(Link& link, const Numbers& given) {
  return change(link, [&](Link::SessionState& state) {
    state.setIsPlayingAndRequestBeatAtTime(true, moment(given[0]), 0, given[1]);
  });
}

double stop(Link& link, const Numbers& given) {
  return change(link, [&](Link::SessionState& state) { state.setIsPlaying(false, moment(given[0])); });
}

double enable(Link& link, const Numbers& given) {
  link.enableStartStopSync(true);
  link.enable(given[0] != 0);
  return 0;
}

/** Wraps a function for Node. */
template <double (*function)(Link&, const Numbers&)> napi_value called(napi_env env, napi_callback_info info) {
  size_t count = 3;
  napi_value args[3];
  Link* link = nullptr;
  Numbers given = {0, 0, 0};
  napi_get_cb_info(env, info, &count, args, nullptr, reinterpret_cast<void**>(&link));
  for (size_t each = 0; each < count && each < 3; each++) {
    if (napi_get_value_double(env, args[each], &given[each]) == napi_ok) continue;
    napi_throw_type_error(env, nullptr, "Link's functions take numbers only.");
    return nullptr;
  }
  napi_value result;
  napi_create_double(env, function(*link, given), &result);
  return result;
}

template <double (*function)(Link&, const Numbers&)>
void add(napi_env env, napi_value exports, const char* name, Link* link) {
  napi_value value;
  napi_create_function(env, name, NAPI_AUTO_LENGTH, called<function>, link, &value);
  napi_set_named_property(env, exports, name, value);
}

} // namespace

NAPI_MODULE_INIT() {
  auto* link = new Link(120);
  // Its threads end with Node's, in order.
  napi_set_instance_data(env, link, [](napi_env, void* data, void*) { delete static_cast<Link*>(data); }, nullptr);
  add<tempo>(env, exports, "tempo", link);
  add<peers>(env, exports, "peers", link);
  add<now>(env, exports, "now", link);
  add<isPlaying>(env, exports, "isPlaying", link);
  add<changedAt>(env, exports, "changedAt", link);
  add<beatAt>(env, exports, "beatAt", link);
  add<setTempo>(env, exports, "setTempo", link);
  add<setBeat>(env, exports, "setBeat", link);
  add<play>(env, exports, "play", link);
  add<stop>(env, exports, "stop", link);
  add<enable>(env, exports, "enable", link);
  return exports;
}
