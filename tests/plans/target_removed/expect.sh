#!/bin/sh
# Deploys shop. Made by `virga plan`; run it where that was run.
set -eu

# What only you know.
: "${VIRGA_REGION:?the region to deploy to}"

# remove shop on aliyun.ros
aliyun ros DeleteStack --RegionId "$VIRGA_REGION" --StackId "$(aliyun ros ListStacks --RegionId "$VIRGA_REGION" --StackName.1 shop-default | jq -r '.Stacks[0].StackId')"
