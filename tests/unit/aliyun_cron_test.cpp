#include "backends/aliyun/lower/cron.h"

#include <gtest/gtest.h>

namespace virga::aliyun {
namespace {

TEST(AliyunCron, SecondsComeFirstAndDaysHaveNames) {
  EXPECT_EQ(to_timer("0 3 * * *", "UTC").expression, "0 0 3 * * *");
  EXPECT_EQ(to_timer("*/5 9-17 * * 1-5", "UTC").expression, "0 */5 9-17 * * MON-FRI");
  EXPECT_EQ(to_timer("30 3 1,15 JAN-mar *", "UTC").expression, "0 30 3 1,15 JAN-mar *");
  EXPECT_EQ(to_timer("0 0 * * 0", "UTC").expression, "0 0 0 * * SUN");
  EXPECT_EQ(to_timer("0 0 * * 7", "UTC").expression, "0 0 0 * * SUN");
  EXPECT_EQ(to_timer("0 0 * * 0-6", "UTC").expression, "0 0 0 * * *");
  EXPECT_EQ(to_timer("0 0 * * 5-7", "UTC").expression, "0 0 0 * * FRI,SAT,SUN");
  EXPECT_EQ(to_timer("0 0 * * */2", "UTC").expression, "0 0 0 * * SUN,TUE,THU,SAT");
  EXPECT_EQ(to_timer("0 0 * * mon,WED-fri", "UTC").expression, "0 0 0 * * MON,WED-FRI");
}

TEST(AliyunCron, TheTimeZoneStandsBefore) {
  EXPECT_EQ(to_timer("0 3 * * *", "Asia/Shanghai").expression, "CRON_TZ=Asia/Shanghai 0 0 3 * * *");
}

TEST(AliyunCron, WhatATimerCantSayIsNamed) {
  for (const char* text :
       {"", "* * * *", "* * * * * *", "60 * * * *", "* 24 * * *", "* * 0 * *", "* * L * *", "* * * 13 *", "* * * * 8",
        "* * * * MON#2", "*/0 * * * *", "1-2-3 * * * *", "5-1 * * * *", "1,, * * * *", "0 0 1 * MON"}) {
    const Cron cron = to_timer(text, "UTC");
    EXPECT_TRUE(cron.expression.empty()) << text;
    EXPECT_FALSE(cron.problem.empty()) << text;
  }
}

}  // namespace
}  // namespace virga::aliyun
