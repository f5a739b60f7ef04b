#include "backends/aws/lower/units.h"

namespace virga::aws {

std::string_view name(Unit unit) {
  switch (unit) {
    case Unit::milliseconds: return "milliseconds";
    case Unit::seconds: return "seconds";
    case Unit::minutes: return "minutes";
    case Unit::hours: return "hours";
    case Unit::days: return "days";
    case Unit::bytes: return "bytes";
    case Unit::megabytes: return "megabytes";
    case Unit::per_second: return "requests per second";
    case Unit::fraction: return "a fraction of one";
    case Unit::percent: return "per cent";
    case Unit::virtual_cpus: return "virtual CPUs";
  }
  return {};
}

double amount(Unit unit) {
  switch (unit) {
    case Unit::milliseconds: return 1;
    case Unit::seconds: return 1e3;
    case Unit::minutes: return 60e3;
    case Unit::hours: return 3600e3;
    case Unit::days: return 86'400e3;
    case Unit::bytes: return 1;
    case Unit::megabytes: return 1'048'576;
    case Unit::per_second: return 1e3;
    case Unit::fraction: return 10e3;
    case Unit::percent: return 100;
    case Unit::virtual_cpus: return 1e3;
  }
  return 1;
}

Unit usual_unit(Dimension dimension) {
  switch (dimension) {
    case Dimension::duration: return Unit::seconds;
    case Dimension::size: return Unit::megabytes;
    case Dimension::rate: return Unit::per_second;
    case Dimension::cpu: return Unit::virtual_cpus;
    case Dimension::percent: return Unit::percent;
  }
  return Unit::seconds;
}

bool divisible(Unit unit) {
  return unit == Unit::per_second || unit == Unit::fraction || unit == Unit::percent || unit == Unit::virtual_cpus;
}

}  // namespace virga::aws
