#!/bin/sh
# Deploys shop. Made by `virga plan`; run it where that was run.
set -eu

# What only you know.
: "${VIRGA_REGION:?the region to deploy to}"

# make the templates of shop and pack its code
virga compile . -o out

# deploy shop on aws.sam, in 2 waves: 2 to update; 2 stay as they are
sam deploy --template-file out/aws.sam/template.yaml --stack-name shop-default --region "$VIRGA_REGION" --resolve-s3 --capabilities CAPABILITY_IAM CAPABILITY_NAMED_IAM --no-fail-on-empty-changeset

# deploy shop on aws.terraform, in 2 waves: 2 to update; 4 stay as they are
terraform -chdir=out/aws.terraform init -input=false
env AWS_REGION="$VIRGA_REGION" terraform -chdir=out/aws.terraform plan -input=false -out=shop-default.tfplan
env AWS_REGION="$VIRGA_REGION" terraform -chdir=out/aws.terraform apply -input=false shop-default.tfplan
