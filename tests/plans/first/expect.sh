#!/bin/sh
# Deploys shop. Made by `virga plan`; run it where that was run.
set -eu

# What only you know.
: "${VIRGA_CODE_BUCKET:?The OSS bucket of this region into which the files of the folder \`code/\` were copied, below the prefix \`shop/\`.}"
: "${VIRGA_REGION:?the region to deploy to}"

# make the templates of shop and pack its code
virga compile . -o out

# upload code/worker-698c410a0ac8.zip for shop on aws.sam
sam package --template-file out/aws.sam/template.yaml --resolve-s3 --region "$VIRGA_REGION" --output-template-file out/aws.sam/packaged.yaml

# deploy shop on aws.sam, in 4 waves: 5 to create
sam deploy --template-file out/aws.sam/packaged.yaml --stack-name shop-default --region "$VIRGA_REGION" --resolve-s3 --capabilities CAPABILITY_IAM CAPABILITY_NAMED_IAM --no-fail-on-empty-changeset

# deploy shop on aws.terraform, in 4 waves, which uploads its code: 6 to create
terraform -chdir=out/aws.terraform init -input=false
env AWS_REGION="$VIRGA_REGION" terraform -chdir=out/aws.terraform plan -input=false -out=shop-default.tfplan
env AWS_REGION="$VIRGA_REGION" terraform -chdir=out/aws.terraform apply -input=false shop-default.tfplan

# upload code/worker-698c410a0ac8.zip for shop on aliyun.ros
aliyun oss cp out/aliyun.ros/code/worker-698c410a0ac8.zip oss://"$VIRGA_CODE_BUCKET"/shop/worker-698c410a0ac8.zip --region "$VIRGA_REGION" --force

# deploy shop on aliyun.ros, in 5 waves: 7 to create
aliyun ros CreateStack --RegionId "$VIRGA_REGION" --StackName shop-default --TemplateBody "$(cat out/aliyun.ros/template.yaml)" --Parameters.1.ParameterKey CodeBucket --Parameters.1.ParameterValue "$VIRGA_CODE_BUCKET"
aliyun ros GetStack --RegionId "$VIRGA_REGION" --StackId "$(aliyun ros ListStacks --RegionId "$VIRGA_REGION" --StackName.1 shop-default | jq -r '.Stacks[0].StackId')" --waiter expr=Status to=CREATE_COMPLETE timeout=3600

# upload code/worker-698c410a0ac8.zip for shop on aliyun.terraform
aliyun oss cp out/aliyun.terraform/code/worker-698c410a0ac8.zip oss://"$VIRGA_CODE_BUCKET"/shop/worker-698c410a0ac8.zip --region "$VIRGA_REGION" --force

# deploy shop on aliyun.terraform, in 6 waves: 9 to create
terraform -chdir=out/aliyun.terraform init -input=false
env ALICLOUD_REGION="$VIRGA_REGION" TF_VAR_code_bucket="$VIRGA_CODE_BUCKET" terraform -chdir=out/aliyun.terraform plan -input=false -out=shop-default.tfplan
env ALICLOUD_REGION="$VIRGA_REGION" terraform -chdir=out/aliyun.terraform apply -input=false shop-default.tfplan
