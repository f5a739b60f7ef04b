# Made by Virga from the app docs_site, stage default. Change the .virga file, not this one.

# Documentation hub

data "aws_caller_identity" "current" {}

data "aws_region" "current" {}

data "aws_partition" "current" {}

resource "aws_iam_role" "nightly_role" {
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
    "virga:app"   = "docs_site"
    "virga:stage" = "default"
    "virga:node"  = "nightly"
  }
}

resource "aws_iam_role_policy" "nightly_role" {
  role = aws_iam_role.nightly_role.name
  name = "edges"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = "states:StartExecution"
        Resource = aws_sfn_state_machine.sync_state_machine.arn
      },
    ]
  })
}

resource "aws_cloudwatch_log_group" "sync_logs" {
  name              = "/aws/lambda/docs_site-default-sync"
  retention_in_days = 30
  tags = {
    "virga:app"   = "docs_site"
    "virga:stage" = "default"
    "virga:node"  = "sync"
  }
}

resource "aws_lambda_function" "sync" {
  function_name    = "docs_site-default-sync"
  runtime          = "python3.12"
  handler          = "sync.handler"
  filename         = "${path.module}/code/sync-d02961c79de4.zip"
  source_code_hash = filebase64sha256("${path.module}/code/sync-d02961c79de4.zip")
  role             = aws_iam_role.sync_role.arn
  architectures    = ["x86_64"]
  memory_size      = 1024
  timeout          = 600
  tags = {
    "virga:app"   = "docs_site"
    "virga:stage" = "default"
    "virga:node"  = "sync"
  }

  ephemeral_storage {
    size = 512
  }

  tracing_config {
    mode = "PassThrough"
  }

  logging_config {
    log_group  = aws_cloudwatch_log_group.sync_logs.name
    log_format = "Text"
  }

  environment {
    variables = {
      PAGES_BUCKET_NAME        = aws_s3_bucket.pages.id
      REPOSITORIES_CONFIG_NAME = aws_ssm_parameter.repositories.name
    }
  }

  depends_on = [aws_iam_role_policy.sync_role]
}

resource "aws_sfn_state_machine" "sync_state_machine" {
  name = "docs_site-default-sync-attempts"
  type = "STANDARD"
  definition = jsonencode({
    Comment = "Invokes sync until it succeeds, and tells of the outcome"
    StartAt = "Invoke"
    States = {
      Invoke = {
        Type     = "Task"
        Resource = "arn:${data.aws_partition.current.partition}:states:::lambda:invoke"
        Parameters = {
          FunctionName = aws_lambda_function.sync.arn
          "Payload.$"  = "$"
        }
        Retry = [
          {
            ErrorEquals     = ["Lambda.TooManyRequestsException", "Lambda.ServiceException", "Lambda.SdkClientException"]
            IntervalSeconds = 2
            BackoffRate     = 2
            MaxDelaySeconds = 300
            MaxAttempts     = 73
          },
          {
            ErrorEquals     = ["States.ALL"]
            IntervalSeconds = 60
            BackoffRate     = 2
            MaxAttempts     = 3
          },
        ]
        ResultSelector = {
          "payload.$" = "$.Payload"
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
            functionArn                = aws_lambda_function.sync.arn
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
        Resource = "arn:${data.aws_partition.current.partition}:states:::lambda:invoke"
        Parameters = {
          FunctionName   = aws_lambda_function.told_sender.arn
          InvocationType = "Event"
          "Payload.$"    = "$"
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
            functionArn            = aws_lambda_function.sync.arn
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
        Resource = "arn:${data.aws_partition.current.partition}:states:::lambda:invoke"
        Parameters = {
          FunctionName   = aws_lambda_function.letters_sender.arn
          InvocationType = "Event"
          "Payload.$"    = "$"
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
  role_arn = aws_iam_role.sync_state_machine_role.arn
  tags = {
    "virga:app"   = "docs_site"
    "virga:stage" = "default"
    "virga:node"  = "sync"
  }
  depends_on = [aws_iam_role_policy.sync_state_machine_role]
}

resource "aws_scheduler_schedule" "sync_from_nightly" {
  name                         = "docs_site-default-nightly"
  schedule_expression          = "cron(0 3 * * ? *)"
  schedule_expression_timezone = "Asia/Shanghai"
  state                        = "ENABLED"

  flexible_time_window {
    mode = "OFF"
  }

  target {
    arn      = aws_sfn_state_machine.sync_state_machine.arn
    role_arn = aws_iam_role.nightly_role.arn
    input    = "{\"event\":\"nightly\"}"

    retry_policy {
      maximum_retry_attempts       = 185
      maximum_event_age_in_seconds = 86400
    }
  }

  depends_on = [aws_iam_role_policy.nightly_role]
}

resource "aws_iam_role" "sync_role" {
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
    "virga:app"   = "docs_site"
    "virga:stage" = "default"
    "virga:node"  = "sync"
  }
}

resource "aws_iam_role_policy" "sync_role" {
  role = aws_iam_role.sync_role.name
  name = "edges"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "${aws_cloudwatch_log_group.sync_logs.arn}:*"
      },
      {
        Effect   = "Allow"
        Action   = "ssm:GetParameter"
        Resource = "arn:${data.aws_partition.current.partition}:ssm:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:parameter/docs_site-default-repositories"
      },
      {
        Effect   = "Allow"
        Action   = ["s3:AbortMultipartUpload", "s3:DeleteObject", "s3:PutObject"]
        Resource = "${aws_s3_bucket.pages.arn}/*"
      },
    ]
  })
}

resource "aws_iam_role" "sync_state_machine_role" {
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
    "virga:app"   = "docs_site"
    "virga:stage" = "default"
    "virga:node"  = "sync"
  }
}

resource "aws_iam_role_policy" "sync_state_machine_role" {
  role = aws_iam_role.sync_state_machine_role.name
  name = "edges"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect = "Allow"
        Action = "lambda:InvokeFunction"
        Resource = [
          aws_lambda_function.sync.arn,
          aws_lambda_function.told_sender.arn,
          aws_lambda_function.letters_sender.arn,
        ]
      },
    ]
  })
}

resource "aws_ssm_parameter" "repositories" {
  name  = "docs_site-default-repositories"
  type  = "String"
  value = "virga/handbook,virga/tutorials"
  tags = {
    "virga:app"   = "docs_site"
    "virga:stage" = "default"
    "virga:node"  = "repositories"
  }
}

resource "aws_s3_bucket" "pages" {
  bucket = "docs-site--default--pages-${data.aws_caller_identity.current.account_id}-${data.aws_region.current.region}"
  tags = {
    "virga:app"   = "docs_site"
    "virga:stage" = "default"
    "virga:node"  = "pages"
  }

  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "pages" {
  bucket = aws_s3_bucket.pages.id

  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm = "AES256"
    }
  }
}

resource "aws_s3_bucket_ownership_controls" "pages" {
  bucket = aws_s3_bucket.pages.id

  rule {
    object_ownership = "BucketOwnerEnforced"
  }
}

resource "aws_s3_bucket_public_access_block" "pages" {
  bucket                  = aws_s3_bucket.pages.id
  block_public_acls       = true
  ignore_public_acls      = true
  block_public_policy     = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_versioning" "pages" {
  bucket = aws_s3_bucket.pages.id

  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_lifecycle_configuration" "pages" {
  bucket = aws_s3_bucket.pages.id

  rule {
    id     = "expire"
    status = "Enabled"

    expiration {
      days = var.keep_for
    }

    noncurrent_version_expiration {
      noncurrent_days = var.keep_for
    }

    filter {}
  }

  depends_on = [aws_s3_bucket_versioning.pages]
}

resource "aws_apigatewayv2_api" "public" {
  name          = "docs_site-default-public"
  protocol_type = "HTTP"
  tags = {
    "virga:app"   = "docs_site"
    "virga:stage" = "default"
    "virga:node"  = "public"
  }
}

resource "aws_cloudwatch_log_group" "public_access_log" {
  name              = "/aws/vendedlogs/apigateway/docs_site-default-public"
  retention_in_days = 30
  tags = {
    "virga:app"   = "docs_site"
    "virga:stage" = "default"
    "virga:node"  = "public"
  }
}

resource "aws_apigatewayv2_stage" "public_stage" {
  api_id      = aws_apigatewayv2_api.public.id
  name        = "$default"
  auto_deploy = true
  tags = {
    "virga:app"   = "docs_site"
    "virga:stage" = "default"
    "virga:node"  = "public"
  }

  access_log_settings {
    destination_arn = "${aws_cloudwatch_log_group.public_access_log.arn}:*"
    format          = "{\"requestId\":\"$context.requestId\",\"time\":\"$context.requestTime\",\"ip\":\"$context.identity.sourceIp\",\"route\":\"$context.routeKey\",\"status\":\"$context.status\",\"latency\":\"$context.responseLatency\",\"error\":\"$context.integrationErrorMessage\"}"
  }

  default_route_settings {
    throttling_rate_limit  = 200
    throttling_burst_limit = 200
  }
}

resource "aws_apigatewayv2_integration" "public_to_reader" {
  api_id                 = aws_apigatewayv2_api.public.id
  integration_type       = "AWS_PROXY"
  integration_uri        = aws_lambda_function.reader.arn
  payload_format_version = "2.0"
  timeout_milliseconds   = 30000
}

resource "aws_apigatewayv2_route" "public_get_docs_page" {
  api_id             = aws_apigatewayv2_api.public.id
  route_key          = "GET /docs/{page+}"
  authorization_type = "NONE"
  target             = "integrations/${aws_apigatewayv2_integration.public_to_reader.id}"
}

resource "aws_apigatewayv2_route" "public_get_docs" {
  api_id             = aws_apigatewayv2_api.public.id
  route_key          = "GET /docs"
  authorization_type = "NONE"
  target             = "integrations/${aws_apigatewayv2_integration.public_to_reader.id}"
}

resource "aws_cloudwatch_log_group" "reader_logs" {
  name              = "/aws/lambda/docs_site-default-reader"
  retention_in_days = 30
  tags = {
    "virga:app"   = "docs_site"
    "virga:stage" = "default"
    "virga:node"  = "reader"
  }
}

resource "aws_lambda_function" "reader" {
  function_name    = "docs_site-default-reader"
  runtime          = "python3.12"
  handler          = "reader.handler"
  filename         = "${path.module}/code/reader-d02961c79de4.zip"
  source_code_hash = filebase64sha256("${path.module}/code/reader-d02961c79de4.zip")
  role             = aws_iam_role.reader_role.arn
  architectures    = ["x86_64"]
  memory_size      = 256
  timeout          = 10
  tags = {
    "virga:app"   = "docs_site"
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
      PAGES_BUCKET_NAME = aws_s3_bucket.pages.id
    }
  }

  depends_on = [aws_iam_role_policy.reader_role]
}

resource "aws_lambda_permission" "reader_from_public_permission" {
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.reader.function_name
  principal     = "apigateway.amazonaws.com"
  source_arn    = "arn:${data.aws_partition.current.partition}:execute-api:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:${aws_apigatewayv2_api.public.id}/*/*"
  statement_id  = "ReaderFromPublicPermission"
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
    "virga:app"   = "docs_site"
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
        Action   = "s3:GetObject"
        Resource = "${aws_s3_bucket.pages.arn}/*"
      },
      {
        Effect   = "Allow"
        Action   = "s3:ListBucket"
        Resource = aws_s3_bucket.pages.arn
      },
    ]
  })
}

resource "aws_secretsmanager_secret" "hook_signing" {
  name = "docs_site-default-hook-signing"
  tags = {
    "virga:app"   = "docs_site"
    "virga:stage" = "default"
    "virga:node"  = "hook.signing"
  }
}

resource "aws_secretsmanager_secret_version" "hook_signing" {
  secret_id     = aws_secretsmanager_secret.hook_signing.id
  secret_string = var.github_secret
}

resource "aws_cloudwatch_log_group" "hook_receiver_logs" {
  name              = "/aws/lambda/docs_site-default-hook-receiver"
  retention_in_days = 30
  tags = {
    "virga:app"   = "docs_site"
    "virga:stage" = "default"
    "virga:node"  = "hook.receiver"
  }
}

resource "aws_lambda_function" "hook_receiver" {
  function_name    = "docs_site-default-hook-receiver"
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
    "virga:app"   = "docs_site"
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
      EVENT_HEADER             = "x-github-event"
      HOOK_SIGNING_SECRET_NAME = "docs_site-default-hook-signing"
      SIGNATURE_ALGORITHM      = "sha256"
      SIGNATURE_HEADER         = "x-hub-signature-256"
      SIGNING_SECRET_NAME      = "docs_site-default-hook-signing"
      SYNC_STATE_MACHINE_ARN   = aws_sfn_state_machine.sync_state_machine.arn
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
    "virga:app"   = "docs_site"
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
        Resource = aws_sfn_state_machine.sync_state_machine.arn
      },
      {
        Effect   = "Allow"
        Action   = "secretsmanager:GetSecretValue"
        Resource = aws_secretsmanager_secret.hook_signing.arn
      },
    ]
  })
}

resource "aws_secretsmanager_secret" "told_key" {
  name = "docs_site-default-told-key"
  tags = {
    "virga:app"   = "docs_site"
    "virga:stage" = "default"
    "virga:node"  = "told.key"
  }
}

resource "aws_secretsmanager_secret_version" "told_key" {
  secret_id     = aws_secretsmanager_secret.told_key.id
  secret_string = var.dingtalk_token
}

resource "aws_cloudwatch_log_group" "told_sender_logs" {
  name              = "/aws/lambda/docs_site-default-told-sender"
  retention_in_days = 30
  tags = {
    "virga:app"   = "docs_site"
    "virga:stage" = "default"
    "virga:node"  = "told.sender"
  }
}

resource "aws_lambda_function" "told_sender" {
  function_name    = "docs_site-default-told-sender"
  description      = "Tells a DingTalk group"
  runtime          = "python3.12"
  handler          = "notify.dingtalk"
  filename         = "${path.module}/code/told-sender-3037b7104d59.zip"
  source_code_hash = filebase64sha256("${path.module}/code/told-sender-3037b7104d59.zip")
  role             = aws_iam_role.told_sender_role.arn
  architectures    = ["x86_64"]
  memory_size      = 128
  timeout          = 30
  tags = {
    "virga:app"   = "docs_site"
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
      CHANNEL_SECRET_NAME  = "docs_site-default-told-key"
      PREFIX               = "docs"
      SIGN_SECRET_NAME     = ""
      TOLD_KEY_SECRET_NAME = "docs_site-default-told-key"
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
    "virga:app"   = "docs_site"
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

resource "aws_secretsmanager_secret" "letters_key" {
  name = "docs_site-default-letters-key"
  tags = {
    "virga:app"   = "docs_site"
    "virga:stage" = "default"
    "virga:node"  = "letters.key"
  }
}

resource "aws_secretsmanager_secret_version" "letters_key" {
  secret_id     = aws_secretsmanager_secret.letters_key.id
  secret_string = var.mail_password
}

resource "aws_cloudwatch_log_group" "letters_sender_logs" {
  name              = "/aws/lambda/docs_site-default-letters-sender"
  retention_in_days = 30
  tags = {
    "virga:app"   = "docs_site"
    "virga:stage" = "default"
    "virga:node"  = "letters.sender"
  }
}

resource "aws_lambda_function" "letters_sender" {
  function_name    = "docs_site-default-letters-sender"
  description      = "Writes letters"
  runtime          = "python3.12"
  handler          = "notify.mail"
  filename         = "${path.module}/code/letters-sender-3037b7104d59.zip"
  source_code_hash = filebase64sha256("${path.module}/code/letters-sender-3037b7104d59.zip")
  role             = aws_iam_role.letters_sender_role.arn
  architectures    = ["x86_64"]
  memory_size      = 128
  timeout          = 30
  tags = {
    "virga:app"   = "docs_site"
    "virga:stage" = "default"
    "virga:node"  = "letters.sender"
  }

  ephemeral_storage {
    size = 512
  }

  tracing_config {
    mode = "PassThrough"
  }

  logging_config {
    log_group  = aws_cloudwatch_log_group.letters_sender_logs.name
    log_format = "Text"
  }

  environment {
    variables = {
      CHANNEL_SECRET_NAME     = "docs_site-default-letters-key"
      LETTERS_KEY_SECRET_NAME = "docs_site-default-letters-key"
      MAIL_FROM               = "docs@example.com"
      MAIL_PORT               = "465"
      MAIL_SERVER             = "smtp.example.com"
      MAIL_TO                 = "docs-team@example.com"
      MAIL_USER               = "docs@example.com"
      PREFIX                  = "docs"
    }
  }

  depends_on = [aws_iam_role_policy.letters_sender_role]
}

resource "aws_lambda_function_event_invoke_config" "letters_sender_event_invoke_config" {
  function_name                = aws_lambda_function.letters_sender.function_name
  qualifier                    = "$LATEST"
  maximum_retry_attempts       = 2
  maximum_event_age_in_seconds = 21600
}

resource "aws_iam_role" "letters_sender_role" {
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
    "virga:app"   = "docs_site"
    "virga:stage" = "default"
    "virga:node"  = "letters.sender"
  }
}

resource "aws_iam_role_policy" "letters_sender_role" {
  role = aws_iam_role.letters_sender_role.name
  name = "edges"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "${aws_cloudwatch_log_group.letters_sender_logs.arn}:*"
      },
      {
        Effect   = "Allow"
        Action   = "secretsmanager:GetSecretValue"
        Resource = aws_secretsmanager_secret.letters_key.arn
      },
    ]
  })
}
