#!/bin/sh
# Deploys shop. Made by `virga plan`; run it where that was run.
set -eu

# make the templates of shop and pack its code
virga compile . -o out

# deploy shop on aws.sam in eu-west-1, in 1 wave: 1 to create
sam deploy --template-file out/aws.sam/eu-west-1/template.yaml --stack-name shop-default --region eu-west-1 --resolve-s3 --capabilities CAPABILITY_IAM CAPABILITY_NAMED_IAM --no-fail-on-empty-changeset
