#include "compiler/cloud/address_range.h"

#include <gtest/gtest.h>

namespace virga::cloud {
namespace {

TEST(AddressRange, IsReadAndWritten) {
  for (const char* text : {"10.0.0.0/16", "0.0.0.0/0", "192.168.1.0/24", "172.16.0.0/12", "255.255.255.255/32"}) {
    const auto range = address_range(text);
    ASSERT_TRUE(range.has_value()) << text;
    EXPECT_EQ(to_text(*range), text);
  }
}

TEST(AddressRange, WhatIsNoBlockIsNone) {
  for (const char* text : {"", "10.0.0.0", "10.0.0/16", "10.0.0.0/33", "10.0.0.256/8", "10.0.0.1/16", "10.0.0.0/16 ",
                           " 10.0.0.0/16", "010.0.0.0/8", "10.0.0.0/+8", "10.0.0.0/-1", "a.b.c.d/8", "10.0.0.0.0/8"}) {
    EXPECT_FALSE(address_range(text).has_value()) << text;
  }
}

TEST(AddressRange, PartsAreEqualAndDoNotOverlap) {
  const AddressRange whole = *address_range("10.0.0.0/16");
  EXPECT_EQ(to_text(part_of(whole, 4, 0)), "10.0.0.0/20");
  EXPECT_EQ(to_text(part_of(whole, 4, 1)), "10.0.16.0/20");
  EXPECT_EQ(to_text(part_of(whole, 4, 15)), "10.0.240.0/20");
  EXPECT_EQ(to_text(part_of(*address_range("0.0.0.0/0"), 1, 1)), "128.0.0.0/1");
  EXPECT_EQ(to_text(part_of(*address_range("10.0.0.0/28"), 4, 15)), "10.0.0.15/32");
}

}  // namespace
}  // namespace virga::cloud
