#!/bin/sh
# Deploys shop. Made by `virga plan`; run it where that was run.
set -eu

# What only you know.
: "${VIRGA_CODE_BUCKET:?The OSS bucket of this region into which the files of the folder \`code/\` were copied, below the prefix \`shop/\`.}"
: "${VIRGA_REGION:?the region to deploy to}"

# make the templates of shop and pack its code
virga compile . -o out

# upload code/tools-beafebef78c9.zip for shop on aws.sam
sam package --template-file out/aws.sam/template.yaml --resolve-s3 --region "$VIRGA_REGION" --output-template-file out/aws.sam/packaged.yaml

# deploy shop on aws.sam, in 2 waves: 1 to update, 1 to replace; 2 stay as they are
sam deploy --template-file out/aws.sam/packaged.yaml --stack-name shop-default --region "$VIRGA_REGION" --resolve-s3 --capabilities CAPABILITY_IAM CAPABILITY_NAMED_IAM --no-fail-on-empty-changeset

# upload code/tools-beafebef78c9.zip for shop on aliyun.ros
aliyun oss cp out/aliyun.ros/code/tools-beafebef78c9.zip oss://"$VIRGA_CODE_BUCKET"/shop/tools-beafebef78c9.zip --region "$VIRGA_REGION" --force

# deploy shop on aliyun.ros, in 3 waves: 1 to create, 1 to update, 1 to remove; 4 stay as they are
aliyun ros UpdateStack --RegionId "$VIRGA_REGION" --StackId "$(aliyun ros ListStacks --RegionId "$VIRGA_REGION" --StackName.1 shop-default | jq -r '.Stacks[0].StackId')" --TemplateBody "$(cat out/aliyun.ros/template.yaml)" --Parameters.1.ParameterKey CodeBucket --Parameters.1.ParameterValue "$VIRGA_CODE_BUCKET"
aliyun ros GetStack --RegionId "$VIRGA_REGION" --StackId "$(aliyun ros ListStacks --RegionId "$VIRGA_REGION" --StackName.1 shop-default | jq -r '.Stacks[0].StackId')" --waiter expr=Status to=UPDATE_COMPLETE timeout=3600
