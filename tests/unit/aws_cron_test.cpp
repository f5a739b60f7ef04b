#include "backends/aws/lower/cron.h"

#include <gtest/gtest.h>

namespace virga::aws {
namespace {

std::string cron(std::string_view text) {
  const auto made = scheduler_cron(text);
  if (const std::string* good = std::get_if<std::string>(&made)) return *good;
  return "problem: " + std::get<CronProblem>(made).text;
}

TEST(AwsCron, OneKindOfDayGetsAQuestionMark) {
  EXPECT_EQ(cron("0 3 * * *"), "cron(0 3 * * ? *)");
  EXPECT_EQ(cron("30 2 1 * *"), "cron(30 2 1 * ? *)");
  EXPECT_EQ(cron("0 3 * * MON"), "cron(0 3 ? * MON *)");
  EXPECT_EQ(cron("*/5 8-18 * JAN-MAR *"), "cron(*/5 8-18 * JAN-MAR ? *)");
}

TEST(AwsCron, DaysOfTheWeekBecomeNames) {
  EXPECT_EQ(cron("0 3 * * 0"), "cron(0 3 ? * SUN *)");
  EXPECT_EQ(cron("0 3 * * 7"), "cron(0 3 ? * SUN *)");
  EXPECT_EQ(cron("0 3 * * 1-5"), "cron(0 3 ? * MON-FRI *)");
  EXPECT_EQ(cron("0 3 * * 1,3"), "cron(0 3 ? * MON,WED *)");
  EXPECT_EQ(cron("0 3 * * */2"), "cron(0 3 ? * SUN,TUE,THU,SAT *)");
  EXPECT_EQ(cron("0 3 * * 5-7"), "cron(0 3 ? * SUN,FRI,SAT *)");
  EXPECT_EQ(cron("0 3 * * fri"), "cron(0 3 ? * FRI *)");
}

TEST(AwsCron, WhatIsWrongIsSaid) {
  EXPECT_EQ(cron("0 3 1 * MON"), "problem: it names days of the month and days of the week, and AWS takes one of the two");
  EXPECT_EQ(cron("0 24 * * *"), "problem: `24` is no hour");
  EXPECT_EQ(cron("0 3 * *"), "problem: it must have five fields: minute, hour, day of the month, month, day of the week");
  EXPECT_EQ(cron("0 3 * * L"), "problem: `L` is no day of the week");
  EXPECT_EQ(cron("5-1 3 * * *"), "problem: `5-1` is no minute");
  EXPECT_EQ(cron("*/0 3 * * *"), "problem: `*/0` is no minute");
}

}  // namespace
}  // namespace virga::aws
