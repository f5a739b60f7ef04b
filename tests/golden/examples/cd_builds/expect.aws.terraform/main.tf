# Made by Virga from the app cd_builds, stage default. Change the .virga file, not this one.

# Builds what is pushed

data "aws_caller_identity" "current" {}

data "aws_region" "current" {}

data "aws_partition" "current" {}

resource "aws_iam_role" "weekly_role" {
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect = "Allow"
        Principal = {
          Service = "scheduler.amazonaws.com"
        }
        Action = "sts:AssumeRole"
      },
    ]
  })
  tags = {
    "virga:app"   = "cd_builds"
    "virga:stage" = "default"
    "virga:node"  = "weekly"
  }
}

resource "aws_iam_role_policy" "weekly_role" {
  role = aws_iam_role.weekly_role.name
  name = "edges"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = "states:StartExecution"
        Resource = aws_sfn_state_machine.builds_build_worker_state_machine.arn
      },
    ]
  })
}

resource "aws_dynamodb_table" "history" {
  name         = "cd_builds-default-history"
  hash_key     = "repository"
  range_key    = "commit"
  billing_mode = "PAY_PER_REQUEST"
  tags = {
    "virga:app"   = "cd_builds"
    "virga:stage" = "default"
    "virga:node"  = "history"
  }

  attribute {
    name = "repository"
    type = "S"
  }

  attribute {
    name = "commit"
    type = "S"
  }

  ttl {
    attribute_name = "expires_at"
    enabled        = true
  }

  point_in_time_recovery {
    enabled = false
  }

  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_cloudwatch_log_group" "record_logs" {
  name              = "/aws/lambda/cd_builds-default-record"
  retention_in_days = 30
  tags = {
    "virga:app"   = "cd_builds"
    "virga:stage" = "default"
    "virga:node"  = "record"
  }
}

resource "aws_lambda_function" "record" {
  function_name    = "cd_builds-default-record"
  runtime          = "python3.12"
  handler          = "record.handler"
  filename         = "${path.module}/code/record-fd3db31260c1.zip"
  source_code_hash = filebase64sha256("${path.module}/code/record-fd3db31260c1.zip")
  role             = aws_iam_role.record_role.arn
  architectures    = ["x86_64"]
  memory_size      = 256
  timeout          = 10
  tags = {
    "virga:app"   = "cd_builds"
    "virga:stage" = "default"
    "virga:node"  = "record"
  }

  ephemeral_storage {
    size = 512
  }

  tracing_config {
    mode = "PassThrough"
  }

  logging_config {
    log_group  = aws_cloudwatch_log_group.record_logs.name
    log_format = "Text"
  }

  environment {
    variables = {
      HISTORY_TABLE_NAME = aws_dynamodb_table.history.name
    }
  }

  depends_on = [aws_iam_role_policy.record_role]
}

resource "aws_lambda_function_event_invoke_config" "record_event_invoke_config" {
  function_name                = aws_lambda_function.record.function_name
  qualifier                    = "$LATEST"
  maximum_retry_attempts       = 2
  maximum_event_age_in_seconds = 21600
}

resource "aws_lambda_permission" "record_from_builds_succeeded_permission" {
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.record.function_name
  principal     = "sns.amazonaws.com"
  source_arn    = aws_sns_topic.builds_succeeded.arn
  statement_id  = "RecordFromBuildsSucceededPermission"
}

resource "aws_sns_topic_subscription" "record_from_builds_succeeded" {
  topic_arn = aws_sns_topic.builds_succeeded.arn
  protocol  = "lambda"
  endpoint  = aws_lambda_function.record.arn
}

resource "aws_lambda_permission" "record_from_builds_failed_permission" {
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.record.function_name
  principal     = "sns.amazonaws.com"
  source_arn    = aws_sns_topic.builds_failed.arn
  statement_id  = "RecordFromBuildsFailedPermission"
}

resource "aws_sns_topic_subscription" "record_from_builds_failed" {
  topic_arn = aws_sns_topic.builds_failed.arn
  protocol  = "lambda"
  endpoint  = aws_lambda_function.record.arn
}

resource "aws_iam_role" "record_role" {
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect = "Allow"
        Principal = {
          Service = "lambda.amazonaws.com"
        }
        Action = "sts:AssumeRole"
      },
    ]
  })
  tags = {
    "virga:app"   = "cd_builds"
    "virga:stage" = "default"
    "virga:node"  = "record"
  }
}

resource "aws_iam_role_policy" "record_role" {
  role = aws_iam_role.record_role.name
  name = "edges"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "${aws_cloudwatch_log_group.record_logs.arn}:*"
      },
      {
        Effect = "Allow"
        Action = [
          "dynamodb:BatchWriteItem",
          "dynamodb:ConditionCheckItem",
          "dynamodb:DeleteItem",
          "dynamodb:PutItem",
          "dynamodb:UpdateItem",
        ]
        Resource = aws_dynamodb_table.history.arn
      },
    ]
  })
}

resource "aws_api_gateway_rest_api" "status" {
  name           = "cd_builds-default-status"
  api_key_source = "HEADER"
  tags = {
    "virga:app"   = "cd_builds"
    "virga:stage" = "default"
    "virga:node"  = "status"
  }

  endpoint_configuration {
    types = ["REGIONAL"]
  }
}

resource "aws_cloudwatch_log_group" "status_access_log" {
  name              = "/aws/vendedlogs/apigateway/cd_builds-default-status"
  retention_in_days = 30
  tags = {
    "virga:app"   = "cd_builds"
    "virga:stage" = "default"
    "virga:node"  = "status"
  }
}

resource "aws_api_gateway_stage" "status_stage" {
  rest_api_id = aws_api_gateway_rest_api.status.id
  stage_name  = "live"
  tags = {
    "virga:app"   = "cd_builds"
    "virga:stage" = "default"
    "virga:node"  = "status"
  }
  deployment_id = aws_api_gateway_deployment.status_deployment20cdc6577d.id

  access_log_settings {
    destination_arn = "${aws_cloudwatch_log_group.status_access_log.arn}:*"
    format          = "{\"requestId\":\"$context.requestId\",\"time\":\"$context.requestTime\",\"ip\":\"$context.identity.sourceIp\",\"route\":\"$context.httpMethod $context.resourcePath\",\"status\":\"$context.status\",\"latency\":\"$context.responseLatency\",\"error\":\"$context.integrationErrorMessage\"}"
  }

  depends_on = [aws_api_gateway_account.status_log_account]
}

resource "aws_iam_role" "status_log_role" {
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect = "Allow"
        Principal = {
          Service = "apigateway.amazonaws.com"
        }
        Action = "sts:AssumeRole"
      },
    ]
  })
  tags = {
    "virga:app"   = "cd_builds"
    "virga:stage" = "default"
    "virga:node"  = "status"
  }

  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_iam_role_policy_attachment" "status_log_role" {
  role       = aws_iam_role.status_log_role.name
  policy_arn = "arn:${data.aws_partition.current.partition}:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs"
}

resource "aws_api_gateway_account" "status_log_account" {
  cloudwatch_role_arn = aws_iam_role.status_log_role.arn

  lifecycle {
    prevent_destroy = true
  }

  depends_on = [aws_iam_role_policy_attachment.status_log_role]
}

resource "aws_api_gateway_usage_plan" "status_plan" {
  name = "cd_builds-default-status"
  tags = {
    "virga:app"   = "cd_builds"
    "virga:stage" = "default"
    "virga:node"  = "status"
  }

  api_stages {
    api_id = aws_api_gateway_rest_api.status.id
    stage  = aws_api_gateway_stage.status_stage.stage_name
  }
}

resource "aws_api_gateway_api_key" "status_key_callers_release_page" {
  name    = "cd_builds-default-status-release_page"
  enabled = true
  tags = {
    "virga:app"   = "cd_builds"
    "virga:stage" = "default"
    "virga:node"  = "status"
  }
}

resource "aws_api_gateway_usage_plan_key" "status_key_callers_release_page_in_plan" {
  key_id        = aws_api_gateway_api_key.status_key_callers_release_page.id
  key_type      = "API_KEY"
  usage_plan_id = aws_api_gateway_usage_plan.status_plan.id
}

resource "aws_api_gateway_api_key" "status_key_callers_chat" {
  name    = "cd_builds-default-status-chat"
  enabled = true
  tags = {
    "virga:app"   = "cd_builds"
    "virga:stage" = "default"
    "virga:node"  = "status"
  }
}

resource "aws_api_gateway_usage_plan_key" "status_key_callers_chat_in_plan" {
  key_id        = aws_api_gateway_api_key.status_key_callers_chat.id
  key_type      = "API_KEY"
  usage_plan_id = aws_api_gateway_usage_plan.status_plan.id
}

resource "aws_api_gateway_resource" "status_path_builds" {
  rest_api_id = aws_api_gateway_rest_api.status.id
  parent_id   = aws_api_gateway_rest_api.status.root_resource_id
  path_part   = "builds"
}

resource "aws_api_gateway_resource" "status_path_builds_owner" {
  rest_api_id = aws_api_gateway_rest_api.status.id
  parent_id   = aws_api_gateway_resource.status_path_builds.id
  path_part   = "{owner}"
}

resource "aws_api_gateway_resource" "status_path_builds_owner_repository" {
  rest_api_id = aws_api_gateway_rest_api.status.id
  parent_id   = aws_api_gateway_resource.status_path_builds_owner.id
  path_part   = "{repository}"
}

resource "aws_api_gateway_resource" "status_path_builds_owner_repository_commit" {
  rest_api_id = aws_api_gateway_rest_api.status.id
  parent_id   = aws_api_gateway_resource.status_path_builds_owner_repository.id
  path_part   = "{commit}"
}

resource "aws_api_gateway_method" "status_get_builds_owner_repository_commit" {
  rest_api_id      = aws_api_gateway_rest_api.status.id
  resource_id      = aws_api_gateway_resource.status_path_builds_owner_repository_commit.id
  http_method      = "GET"
  authorization    = "NONE"
  api_key_required = true
}

resource "aws_api_gateway_integration" "status_get_builds_owner_repository_commit" {
  rest_api_id             = aws_api_gateway_method.status_get_builds_owner_repository_commit.rest_api_id
  resource_id             = aws_api_gateway_method.status_get_builds_owner_repository_commit.resource_id
  http_method             = aws_api_gateway_method.status_get_builds_owner_repository_commit.http_method
  type                    = "AWS_PROXY"
  integration_http_method = "POST"
  uri                     = "arn:${data.aws_partition.current.partition}:apigateway:${data.aws_region.current.region}:lambda:path/2015-03-31/functions/${aws_lambda_function.reader.arn}/invocations"
  timeout_milliseconds    = 29000
}

resource "aws_api_gateway_deployment" "status_deployment20cdc6577d" {
  rest_api_id = aws_api_gateway_rest_api.status.id

  lifecycle {
    create_before_destroy = true
  }

  depends_on = [
    aws_api_gateway_method.status_get_builds_owner_repository_commit,
    aws_api_gateway_integration.status_get_builds_owner_repository_commit,
  ]
}

resource "aws_cloudwatch_log_group" "reader_logs" {
  name              = "/aws/lambda/cd_builds-default-reader"
  retention_in_days = 30
  tags = {
    "virga:app"   = "cd_builds"
    "virga:stage" = "default"
    "virga:node"  = "reader"
  }
}

resource "aws_lambda_function" "reader" {
  function_name    = "cd_builds-default-reader"
  runtime          = "python3.12"
  handler          = "status.handler"
  filename         = "${path.module}/code/reader-fd3db31260c1.zip"
  source_code_hash = filebase64sha256("${path.module}/code/reader-fd3db31260c1.zip")
  role             = aws_iam_role.reader_role.arn
  architectures    = ["x86_64"]
  memory_size      = 256
  timeout          = 10
  tags = {
    "virga:app"   = "cd_builds"
    "virga:stage" = "default"
    "virga:node"  = "reader"
  }

  ephemeral_storage {
    size = 512
  }

  tracing_config {
    mode = "PassThrough"
  }

  logging_config {
    log_group  = aws_cloudwatch_log_group.reader_logs.name
    log_format = "Text"
  }

  environment {
    variables = {
      HISTORY_TABLE_NAME = aws_dynamodb_table.history.name
    }
  }

  depends_on = [aws_iam_role_policy.reader_role]
}

resource "aws_lambda_permission" "reader_from_status_permission" {
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.reader.function_name
  principal     = "apigateway.amazonaws.com"
  source_arn    = "arn:${data.aws_partition.current.partition}:execute-api:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:${aws_api_gateway_rest_api.status.id}/*/*"
  statement_id  = "ReaderFromStatusPermission"
}

resource "aws_iam_role" "reader_role" {
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect = "Allow"
        Principal = {
          Service = "lambda.amazonaws.com"
        }
        Action = "sts:AssumeRole"
      },
    ]
  })
  tags = {
    "virga:app"   = "cd_builds"
    "virga:stage" = "default"
    "virga:node"  = "reader"
  }
}

resource "aws_iam_role_policy" "reader_role" {
  role = aws_iam_role.reader_role.name
  name = "edges"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "${aws_cloudwatch_log_group.reader_logs.arn}:*"
      },
      {
        Effect   = "Allow"
        Action   = ["dynamodb:BatchGetItem", "dynamodb:GetItem", "dynamodb:Query", "dynamodb:Scan"]
        Resource = aws_dynamodb_table.history.arn
      },
    ]
  })
}

resource "aws_secretsmanager_secret" "hook_signing" {
  name = "cd_builds-default-hook-signing"
  tags = {
    "virga:app"   = "cd_builds"
    "virga:stage" = "default"
    "virga:node"  = "hook.signing"
  }
}

resource "aws_secretsmanager_secret_version" "hook_signing" {
  secret_id     = aws_secretsmanager_secret.hook_signing.id
  secret_string = var.git_secret
}

resource "aws_cloudwatch_log_group" "hook_receiver_logs" {
  name              = "/aws/lambda/cd_builds-default-hook-receiver"
  retention_in_days = 30
  tags = {
    "virga:app"   = "cd_builds"
    "virga:stage" = "default"
    "virga:node"  = "hook.receiver"
  }
}

resource "aws_lambda_function" "hook_receiver" {
  function_name    = "cd_builds-default-hook-receiver"
  description      = "Checks a signature and hands over"
  runtime          = "python3.12"
  handler          = "webhook.handler"
  filename         = "${path.module}/code/hook-receiver-3037b7104d59.zip"
  source_code_hash = filebase64sha256("${path.module}/code/hook-receiver-3037b7104d59.zip")
  role             = aws_iam_role.hook_receiver_role.arn
  architectures    = ["x86_64"]
  memory_size      = 256
  timeout          = 10
  tags = {
    "virga:app"   = "cd_builds"
    "virga:stage" = "default"
    "virga:node"  = "hook.receiver"
  }

  ephemeral_storage {
    size = 512
  }

  tracing_config {
    mode = "PassThrough"
  }

  logging_config {
    log_group  = aws_cloudwatch_log_group.hook_receiver_logs.name
    log_format = "Text"
  }

  environment {
    variables = {
      BUILDS_BUILD_WORKER_STATE_MACHINE_ARN = aws_sfn_state_machine.builds_build_worker_state_machine.arn
      EVENT_HEADER                          = "x-github-event"
      HOOK_SIGNING_SECRET_NAME              = "cd_builds-default-hook-signing"
      SIGNATURE_ALGORITHM                   = "sha256"
      SIGNATURE_HEADER                      = "x-hub-signature-256"
      SIGNING_SECRET_NAME                   = "cd_builds-default-hook-signing"
    }
  }

  depends_on = [aws_iam_role_policy.hook_receiver_role]
}

resource "aws_lambda_function_url" "hook_receiver_url" {
  function_name      = aws_lambda_function.hook_receiver.function_name
  authorization_type = "NONE"
  invoke_mode        = "BUFFERED"
}

resource "aws_lambda_permission" "hook_receiver_url_public_permissions" {
  action                 = "lambda:InvokeFunctionUrl"
  function_name          = aws_lambda_function.hook_receiver.function_name
  principal              = "*"
  function_url_auth_type = "NONE"
  statement_id           = "HookReceiverUrlPublicPermissions"
}

resource "aws_lambda_permission" "hook_receiver_u_r_l_invoke_allow_public_access" {
  action                   = "lambda:InvokeFunction"
  function_name            = aws_lambda_function.hook_receiver.function_name
  principal                = "*"
  invoked_via_function_url = true
  statement_id             = "HookReceiverURLInvokeAllowPublicAccess"
}

resource "aws_iam_role" "hook_receiver_role" {
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect = "Allow"
        Principal = {
          Service = "lambda.amazonaws.com"
        }
        Action = "sts:AssumeRole"
      },
    ]
  })
  tags = {
    "virga:app"   = "cd_builds"
    "virga:stage" = "default"
    "virga:node"  = "hook.receiver"
  }
}

resource "aws_iam_role_policy" "hook_receiver_role" {
  role = aws_iam_role.hook_receiver_role.name
  name = "edges"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "${aws_cloudwatch_log_group.hook_receiver_logs.arn}:*"
      },
      {
        Effect   = "Allow"
        Action   = "states:StartExecution"
        Resource = aws_sfn_state_machine.builds_build_worker_state_machine.arn
      },
      {
        Effect   = "Allow"
        Action   = "secretsmanager:GetSecretValue"
        Resource = aws_secretsmanager_secret.hook_signing.arn
      },
    ]
  })
}

resource "aws_s3_bucket" "builds_artifacts" {
  bucket = "cd-builds--default--builds-e9ba28-${data.aws_caller_identity.current.account_id}-${data.aws_region.current.region}"
  tags = {
    "virga:app"   = "cd_builds"
    "virga:stage" = "default"
    "virga:node"  = "builds.artifacts"
  }

  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "builds_artifacts" {
  bucket = aws_s3_bucket.builds_artifacts.id

  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm = "AES256"
    }
  }
}

resource "aws_s3_bucket_ownership_controls" "builds_artifacts" {
  bucket = aws_s3_bucket.builds_artifacts.id

  rule {
    object_ownership = "BucketOwnerEnforced"
  }
}

resource "aws_s3_bucket_public_access_block" "builds_artifacts" {
  bucket                  = aws_s3_bucket.builds_artifacts.id
  block_public_acls       = true
  ignore_public_acls      = true
  block_public_policy     = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_versioning" "builds_artifacts" {
  bucket = aws_s3_bucket.builds_artifacts.id

  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_lifecycle_configuration" "builds_artifacts" {
  bucket = aws_s3_bucket.builds_artifacts.id

  rule {
    id     = "expire"
    status = "Enabled"

    expiration {
      days = 30
    }

    noncurrent_version_expiration {
      noncurrent_days = 30
    }

    filter {}
  }

  depends_on = [aws_s3_bucket_versioning.builds_artifacts]
}

resource "aws_sns_topic" "builds_succeeded" {
  name = "cd_builds-default-builds-succeeded"
  tags = {
    "virga:app"   = "cd_builds"
    "virga:stage" = "default"
    "virga:node"  = "builds.succeeded"
  }
}

resource "aws_sns_topic" "builds_failed" {
  name = "cd_builds-default-builds-failed"
  tags = {
    "virga:app"   = "cd_builds"
    "virga:stage" = "default"
    "virga:node"  = "builds.failed"
  }
}

resource "aws_cloudwatch_log_group" "builds_build_worker_logs" {
  name              = "/aws/codebuild/cd_builds-default-builds-build-worker"
  retention_in_days = 30
  tags = {
    "virga:app"   = "cd_builds"
    "virga:stage" = "default"
    "virga:node"  = "builds.build.worker"
  }
}

resource "aws_lambda_layer_version" "builds_build_worker_code" {
  layer_name       = "cd_builds-default-builds-build-worker"
  description      = "The code of builds.build.worker"
  filename         = "${path.module}/code/builds-build-worker-fd3db31260c1.zip"
  source_code_hash = filebase64sha256("${path.module}/code/builds-build-worker-fd3db31260c1.zip")

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_codebuild_project" "builds_build_worker" {
  name                   = "cd_builds-default-builds-build-worker"
  description            = "Builds"
  service_role           = aws_iam_role.builds_build_worker_role.arn
  queued_timeout         = 480
  concurrent_build_limit = 20
  tags = {
    "virga:app"   = "cd_builds"
    "virga:stage" = "default"
    "virga:node"  = "builds.build.worker"
  }

  source {
    type      = "NO_SOURCE"
    buildspec = "version: 0.2\nenv:\n  shell: bash\n  exported-variables:\n    - VIRGA_ANSWER\nphases:\n  install:\n    runtime-versions:\n      python: \"3.12\"\n  build:\n    commands:\n      - |\n        export VIRGA_FOLDER=\"$(mktemp -d)\" && mkdir \"$VIRGA_FOLDER/code\"\n      - |\n        location=\"$(aws lambda get-layer-version-by-arn --arn \"$VIRGA_CODE\" --query Content.Location --output text)\" &&\n        curl -sSfo \"$VIRGA_FOLDER/code.zip\" \"$location\" && unzip -q \"$VIRGA_FOLDER/code.zip\" -d \"$VIRGA_FOLDER/code\"\n      - |\n        aws stepfunctions describe-execution --execution-arn \"$VIRGA_EXECUTION_ARN\" --query input --output text > \"$VIRGA_FOLDER/event\"\n      - |\n        python -c 'import boto3' 2> /dev/null || python -m pip install --quiet boto3\n      - |\n        cat > \"$VIRGA_FOLDER/run.py\" <<'VIRGA'\n        # Calls a handler once, as AWS Lambda would: run.py EVENT RESULT. The code is the current folder.\n        import importlib\n        import json\n        import os\n        import sys\n        import time\n\n        started = time.time()\n\n\n        class Context:\n            function_name = os.environ[\"AWS_LAMBDA_FUNCTION_NAME\"]\n            function_version = \"$LATEST\"\n            invoked_function_arn = os.environ.get(\"CODEBUILD_BUILD_ARN\", \"\")\n            aws_request_id = os.environ.get(\"VIRGA_EXECUTION_ARN\", \"\").rsplit(\":\", 1)[-1]\n            memory_limit_in_mb = os.environ.get(\"AWS_LAMBDA_FUNCTION_MEMORY_SIZE\", \"\")\n\n            @staticmethod\n            def get_remaining_time_in_millis():\n                return max(0, int(1000 * (started + int(os.environ[\"VIRGA_TIMEOUT\"]) - time.time())))\n\n\n        sys.path.insert(0, os.getcwd())\n        module, _, name = os.environ[\"VIRGA_HANDLER\"].rpartition(\".\")\n        handler = getattr(importlib.import_module(module.replace(\"/\", \".\")), name)\n        with open(sys.argv[1], encoding=\"utf-8\") as event:\n            answer = json.dumps(handler(json.load(event), Context()))\n        if len(answer) > int(os.environ[\"VIRGA_ANSWER_MAX\"]):\n            print(f\"the answer has {len(answer)} characters and is left out of the record\")\n            answer = json.dumps({\"left_out\": len(answer)})\n        with open(sys.argv[2], \"w\", encoding=\"utf-8\") as result:\n            result.write(answer)\n        VIRGA\n      - |\n        cd \"$VIRGA_FOLDER/code\" && python \"$VIRGA_FOLDER/run.py\" \"$VIRGA_FOLDER/event\" \"$VIRGA_FOLDER/answer\"\n      - |\n        export VIRGA_ANSWER=\"$(cat \"$VIRGA_FOLDER/answer\")\"\n"
  }

  artifacts {
    type = "NO_ARTIFACTS"
  }

  environment {
    type         = "LINUX_CONTAINER"
    image        = "aws/codebuild/amazonlinux-x86_64-standard:5.0"
    compute_type = "BUILD_GENERAL1_MEDIUM"

    environment_variable {
      name  = "AWS_LAMBDA_FUNCTION_NAME"
      type  = "PLAINTEXT"
      value = "cd_builds-default-builds-build-worker"
    }

    environment_variable {
      name  = "AWS_LAMBDA_FUNCTION_MEMORY_SIZE"
      type  = "PLAINTEXT"
      value = "8192"
    }

    environment_variable {
      name  = "VIRGA_ANSWER_MAX"
      type  = "PLAINTEXT"
      value = "16384"
    }

    environment_variable {
      name  = "VIRGA_CODE"
      type  = "PLAINTEXT"
      value = aws_lambda_layer_version.builds_build_worker_code.arn
    }

    environment_variable {
      name  = "VIRGA_HANDLER"
      type  = "PLAINTEXT"
      value = "build.handler"
    }

    environment_variable {
      name  = "VIRGA_TIMEOUT"
      type  = "PLAINTEXT"
      value = "86400"
    }

    environment_variable {
      name  = "BUILDS_ARTIFACTS_BUCKET_NAME"
      type  = "PLAINTEXT"
      value = aws_s3_bucket.builds_artifacts.id
    }
  }

  logs_config {
    cloudwatch_logs {
      status     = "ENABLED"
      group_name = aws_cloudwatch_log_group.builds_build_worker_logs.name
    }
  }

  depends_on = [aws_iam_role_policy.builds_build_worker_role]
}

resource "aws_sfn_state_machine" "builds_build_worker_state_machine" {
  name = "cd_builds-default-builds-build-worker-attempts"
  type = "STANDARD"
  definition = jsonencode({
    Comment = "Runs builds.build.worker until it succeeds, and tells of the outcome"
    StartAt = "Build"
    States = {
      Build = {
        Type     = "Task"
        Resource = "arn:${data.aws_partition.current.partition}:states:::codebuild:startBuild.sync"
        Parameters = {
          ProjectName              = aws_codebuild_project.builds_build_worker.name
          TimeoutInMinutesOverride = 1440
          EnvironmentVariablesOverride = [
            {
              Name      = "VIRGA_EXECUTION_ARN"
              Type      = "PLAINTEXT"
              "Value.$" = "$$.Execution.Id"
            },
          ]
        }
        Retry = [
          {
            ErrorEquals     = ["CodeBuild.AccountLimitExceededException", "CodeBuild.CodeBuildException"]
            IntervalSeconds = 2
            BackoffRate     = 2
            MaxDelaySeconds = 300
            MaxAttempts     = 2017
          },
          {
            ErrorEquals     = ["States.ALL"]
            IntervalSeconds = 60
            BackoffRate     = 2
            MaxAttempts     = 3
          },
        ]
        ResultSelector = {
          "payload.$" = "States.StringToJson($.Build.ExportedEnvironmentVariables[0].Value)"
          "retries.$" = "$$.State.RetryCount"
        }
        Next = "Success record"
        Catch = [
          {
            ErrorEquals = ["States.ALL"]
            Next        = "Failure record"
          },
        ]
      }
      "Success record" = {
        Type = "Pass"
        Parameters = {
          version       = "1.0"
          "timestamp.$" = "$$.State.EnteredTime"
          requestContext = {
            "requestId.$"              = "$$.Execution.Name"
            functionArn                = aws_codebuild_project.builds_build_worker.arn
            condition                  = "Success"
            "approximateInvokeCount.$" = "States.MathAdd($.retries, 1)"
          }
          "requestPayload.$" = "$$.Execution.Input"
          responseContext = {
            statusCode      = 200
            executedVersion = "$LATEST"
          }
          "responsePayload.$" = "$.payload"
        }
        Next = "Tell of success 1"
      }
      "Tell of success 1" = {
        Type     = "Task"
        Resource = "arn:${data.aws_partition.current.partition}:states:::sns:publish"
        Parameters = {
          TopicArn    = aws_sns_topic.builds_succeeded.arn
          "Message.$" = "$"
        }
        ResultPath = null
        Retry = [
          {
            ErrorEquals     = ["States.ALL"]
            IntervalSeconds = 2
            BackoffRate     = 2
            MaxAttempts     = 5
          },
        ]
        End = true
      }
      "Failure record" = {
        Type = "Pass"
        Parameters = {
          version       = "1.0"
          "timestamp.$" = "$$.State.EnteredTime"
          requestContext = {
            "requestId.$"          = "$$.Execution.Name"
            functionArn            = aws_codebuild_project.builds_build_worker.arn
            condition              = "RetriesExhausted"
            approximateInvokeCount = 4
          }
          "requestPayload.$" = "$$.Execution.Input"
          responseContext = {
            statusCode      = 200
            executedVersion = "$LATEST"
            functionError   = "Unhandled"
          }
          responsePayload = {
            "errorType.$"    = "$.Error"
            "errorMessage.$" = "$.Cause"
          }
        }
        Next = "Tell of failure 1"
      }
      "Tell of failure 1" = {
        Type     = "Task"
        Resource = "arn:${data.aws_partition.current.partition}:states:::sns:publish"
        Parameters = {
          TopicArn    = aws_sns_topic.builds_failed.arn
          "Message.$" = "$"
        }
        ResultPath = null
        Retry = [
          {
            ErrorEquals     = ["States.ALL"]
            IntervalSeconds = 2
            BackoffRate     = 2
            MaxAttempts     = 5
          },
        ]
        Next = "Failed"
      }
      Failed = {
        Type  = "Fail"
        Error = "RetriesExhausted"
        Cause = "the last attempt failed"
      }
    }
  })
  role_arn = aws_iam_role.builds_build_worker_state_machine_role.arn
  tags = {
    "virga:app"   = "cd_builds"
    "virga:stage" = "default"
    "virga:node"  = "builds.build.worker"
  }
  depends_on = [aws_iam_role_policy.builds_build_worker_state_machine_role]
}

resource "aws_scheduler_schedule" "builds_build_worker_from_weekly" {
  name                         = "cd_builds-default-weekly"
  schedule_expression          = "cron(0 1 ? * SUN *)"
  schedule_expression_timezone = "Asia/Shanghai"
  state                        = "ENABLED"

  flexible_time_window {
    mode = "OFF"
  }

  target {
    arn      = aws_sfn_state_machine.builds_build_worker_state_machine.arn
    role_arn = aws_iam_role.weekly_role.arn
    input    = "{\"event\":\"push\",\"payload\":{\"repository\":{\"full_name\":\"example/tools\"},\"after\":\"main\"}}"

    retry_policy {
      maximum_retry_attempts       = 185
      maximum_event_age_in_seconds = 86400
    }
  }

  depends_on = [aws_iam_role_policy.weekly_role]
}

resource "aws_iam_role" "builds_build_worker_role" {
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect = "Allow"
        Principal = {
          Service = "codebuild.amazonaws.com"
        }
        Action = "sts:AssumeRole"
      },
    ]
  })
  tags = {
    "virga:app"   = "cd_builds"
    "virga:stage" = "default"
    "virga:node"  = "builds.build.worker"
  }
}

resource "aws_iam_role_policy" "builds_build_worker_role" {
  role = aws_iam_role.builds_build_worker_role.name
  name = "edges"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "${aws_cloudwatch_log_group.builds_build_worker_logs.arn}:*"
      },
      {
        Effect   = "Allow"
        Action   = "lambda:GetLayerVersion"
        Resource = aws_lambda_layer_version.builds_build_worker_code.arn
      },
      {
        Effect   = "Allow"
        Action   = "states:DescribeExecution"
        Resource = "arn:${data.aws_partition.current.partition}:states:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:execution:cd_builds-default-builds-build-worker-attempts:*"
      },
      {
        Effect   = "Allow"
        Action   = "s3:GetObject"
        Resource = "${aws_s3_bucket.builds_artifacts.arn}/*"
      },
      {
        Effect   = "Allow"
        Action   = "s3:ListBucket"
        Resource = aws_s3_bucket.builds_artifacts.arn
      },
      {
        Effect   = "Allow"
        Action   = ["s3:AbortMultipartUpload", "s3:DeleteObject", "s3:PutObject"]
        Resource = "${aws_s3_bucket.builds_artifacts.arn}/*"
      },
    ]
  })
}

resource "aws_iam_role" "builds_build_worker_state_machine_role" {
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect = "Allow"
        Principal = {
          Service = "states.amazonaws.com"
        }
        Action = "sts:AssumeRole"
      },
    ]
  })
  tags = {
    "virga:app"   = "cd_builds"
    "virga:stage" = "default"
    "virga:node"  = "builds.build.worker"
  }
}

resource "aws_iam_role_policy" "builds_build_worker_state_machine_role" {
  role = aws_iam_role.builds_build_worker_state_machine_role.name
  name = "edges"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["codebuild:BatchGetBuilds", "codebuild:StartBuild", "codebuild:StopBuild"]
        Resource = aws_codebuild_project.builds_build_worker.arn
      },
      {
        Effect   = "Allow"
        Action   = ["events:DescribeRule", "events:PutRule", "events:PutTargets"]
        Resource = "arn:${data.aws_partition.current.partition}:events:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:rule/StepFunctionsGetEventForCodeBuildStartBuildRule"
      },
      {
        Effect   = "Allow"
        Action   = "sns:Publish"
        Resource = [aws_sns_topic.builds_succeeded.arn, aws_sns_topic.builds_failed.arn]
      },
    ]
  })
}

resource "aws_secretsmanager_secret" "told_key" {
  name = "cd_builds-default-told-key"
  tags = {
    "virga:app"   = "cd_builds"
    "virga:stage" = "default"
    "virga:node"  = "told.key"
  }
}

resource "aws_secretsmanager_secret_version" "told_key" {
  secret_id     = aws_secretsmanager_secret.told_key.id
  secret_string = var.slack_webhook
}

resource "aws_cloudwatch_log_group" "told_sender_logs" {
  name              = "/aws/lambda/cd_builds-default-told-sender"
  retention_in_days = 30
  tags = {
    "virga:app"   = "cd_builds"
    "virga:stage" = "default"
    "virga:node"  = "told.sender"
  }
}

resource "aws_lambda_function" "told_sender" {
  function_name    = "cd_builds-default-told-sender"
  description      = "Tells a Slack channel"
  runtime          = "python3.12"
  handler          = "notify.slack"
  filename         = "${path.module}/code/told-sender-3037b7104d59.zip"
  source_code_hash = filebase64sha256("${path.module}/code/told-sender-3037b7104d59.zip")
  role             = aws_iam_role.told_sender_role.arn
  architectures    = ["x86_64"]
  memory_size      = 128
  timeout          = 30
  tags = {
    "virga:app"   = "cd_builds"
    "virga:stage" = "default"
    "virga:node"  = "told.sender"
  }

  ephemeral_storage {
    size = 512
  }

  tracing_config {
    mode = "PassThrough"
  }

  logging_config {
    log_group  = aws_cloudwatch_log_group.told_sender_logs.name
    log_format = "Text"
  }

  environment {
    variables = {
      CHANNEL_SECRET_NAME  = "cd_builds-default-told-key"
      PREFIX               = "builds"
      TOLD_KEY_SECRET_NAME = "cd_builds-default-told-key"
    }
  }

  depends_on = [aws_iam_role_policy.told_sender_role]
}

resource "aws_lambda_function_event_invoke_config" "told_sender_event_invoke_config" {
  function_name                = aws_lambda_function.told_sender.function_name
  qualifier                    = "$LATEST"
  maximum_retry_attempts       = 2
  maximum_event_age_in_seconds = 21600
}

resource "aws_lambda_permission" "told_sender_from_builds_failed_permission" {
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.told_sender.function_name
  principal     = "sns.amazonaws.com"
  source_arn    = aws_sns_topic.builds_failed.arn
  statement_id  = "ToldSenderFromBuildsFailedPermission"
}

resource "aws_sns_topic_subscription" "told_sender_from_builds_failed" {
  topic_arn = aws_sns_topic.builds_failed.arn
  protocol  = "lambda"
  endpoint  = aws_lambda_function.told_sender.arn
}

resource "aws_iam_role" "told_sender_role" {
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect = "Allow"
        Principal = {
          Service = "lambda.amazonaws.com"
        }
        Action = "sts:AssumeRole"
      },
    ]
  })
  tags = {
    "virga:app"   = "cd_builds"
    "virga:stage" = "default"
    "virga:node"  = "told.sender"
  }
}

resource "aws_iam_role_policy" "told_sender_role" {
  role = aws_iam_role.told_sender_role.name
  name = "edges"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "${aws_cloudwatch_log_group.told_sender_logs.arn}:*"
      },
      {
        Effect   = "Allow"
        Action   = "secretsmanager:GetSecretValue"
        Resource = aws_secretsmanager_secret.told_key.arn
      },
    ]
  })
}
