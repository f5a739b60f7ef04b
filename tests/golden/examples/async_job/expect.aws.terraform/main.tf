# Made by Virga from the app async_job, stage default. Change the .virga file, not this one.

# Reports that nobody waits for

data "aws_caller_identity" "current" {}

data "aws_region" "current" {}

resource "aws_cloudwatch_log_group" "ask_logs" {
  name              = "/aws/lambda/async_job-default-ask"
  retention_in_days = 30
  tags = {
    "virga:app"   = "async_job"
    "virga:stage" = "default"
    "virga:node"  = "ask"
  }
}

resource "aws_lambda_function" "ask" {
  function_name    = "async_job-default-ask"
  runtime          = "python3.12"
  handler          = "ask.handler"
  filename         = "${path.module}/code/ask-ce992a21ada4.zip"
  source_code_hash = filebase64sha256("${path.module}/code/ask-ce992a21ada4.zip")
  role             = aws_iam_role.ask_role.arn
  architectures    = ["x86_64"]
  memory_size      = 512
  timeout          = 10
  tags = {
    "virga:app"   = "async_job"
    "virga:stage" = "default"
    "virga:node"  = "ask"
  }

  ephemeral_storage {
    size = 512
  }

  tracing_config {
    mode = "PassThrough"
  }

  logging_config {
    log_group  = aws_cloudwatch_log_group.ask_logs.name
    log_format = "Text"
  }

  environment {
    variables = {
      REPORT_WORKER_FUNCTION_NAME = aws_lambda_function.report_worker.function_name
    }
  }

  depends_on = [aws_iam_role_policy.ask_role]
}

resource "aws_lambda_function_url" "ask_url" {
  function_name      = aws_lambda_function.ask.function_name
  authorization_type = "NONE"
  invoke_mode        = "BUFFERED"
}

resource "aws_lambda_permission" "ask_url_public_permissions" {
  action                 = "lambda:InvokeFunctionUrl"
  function_name          = aws_lambda_function.ask.function_name
  principal              = "*"
  function_url_auth_type = "NONE"
  statement_id           = "AskUrlPublicPermissions"
}

resource "aws_lambda_permission" "ask_u_r_l_invoke_allow_public_access" {
  action                   = "lambda:InvokeFunction"
  function_name            = aws_lambda_function.ask.function_name
  principal                = "*"
  invoked_via_function_url = true
  statement_id             = "AskURLInvokeAllowPublicAccess"
}

resource "aws_iam_role" "ask_role" {
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
    "virga:app"   = "async_job"
    "virga:stage" = "default"
    "virga:node"  = "ask"
  }
}

resource "aws_iam_role_policy" "ask_role" {
  role = aws_iam_role.ask_role.name
  name = "edges"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "${aws_cloudwatch_log_group.ask_logs.arn}:*"
      },
      {
        Effect   = "Allow"
        Action   = "lambda:InvokeFunction"
        Resource = aws_lambda_function.report_worker.arn
      },
    ]
  })
}

resource "aws_s3_bucket" "reports" {
  bucket = "async-job--default--reports-${data.aws_caller_identity.current.account_id}-${data.aws_region.current.region}"
  tags = {
    "virga:app"   = "async_job"
    "virga:stage" = "default"
    "virga:node"  = "reports"
  }

  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "reports" {
  bucket = aws_s3_bucket.reports.id

  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm = "AES256"
    }
  }
}

resource "aws_s3_bucket_ownership_controls" "reports" {
  bucket = aws_s3_bucket.reports.id

  rule {
    object_ownership = "BucketOwnerEnforced"
  }
}

resource "aws_s3_bucket_public_access_block" "reports" {
  bucket                  = aws_s3_bucket.reports.id
  block_public_acls       = true
  ignore_public_acls      = true
  block_public_policy     = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_lifecycle_configuration" "reports" {
  bucket = aws_s3_bucket.reports.id

  rule {
    id     = "expire"
    status = "Enabled"

    expiration {
      days = 30
    }

    filter {}
  }
}

resource "aws_sns_topic" "ready" {
  name = "async_job-default-ready"
  tags = {
    "virga:app"   = "async_job"
    "virga:stage" = "default"
    "virga:node"  = "ready"
  }
}

resource "aws_sqs_queue" "failed" {
  name                       = "async_job-default-failed"
  visibility_timeout_seconds = 60
  message_retention_seconds  = 604800
  delay_seconds              = 0
  max_message_size           = 65536
  receive_wait_time_seconds  = 0
  sqs_managed_sse_enabled    = true
  tags = {
    "virga:app"   = "async_job"
    "virga:stage" = "default"
    "virga:node"  = "failed"
  }
}

resource "aws_cloudwatch_log_group" "report_worker_logs" {
  name              = "/aws/lambda/async_job-default-report-worker"
  retention_in_days = 30
  tags = {
    "virga:app"   = "async_job"
    "virga:stage" = "default"
    "virga:node"  = "report.worker"
  }
}

resource "aws_lambda_function" "report_worker" {
  function_name                  = "async_job-default-report-worker"
  runtime                        = "python3.12"
  handler                        = "report.handler"
  filename                       = "${path.module}/code/report-worker-ce992a21ada4.zip"
  source_code_hash               = filebase64sha256("${path.module}/code/report-worker-ce992a21ada4.zip")
  role                           = aws_iam_role.report_worker_role.arn
  architectures                  = ["x86_64"]
  memory_size                    = 1024
  timeout                        = 600
  reserved_concurrent_executions = 5
  tags = {
    "virga:app"   = "async_job"
    "virga:stage" = "default"
    "virga:node"  = "report.worker"
  }

  ephemeral_storage {
    size = 512
  }

  tracing_config {
    mode = "PassThrough"
  }

  logging_config {
    log_group  = aws_cloudwatch_log_group.report_worker_logs.name
    log_format = "Text"
  }

  environment {
    variables = {
      REPORTS_BUCKET_NAME = aws_s3_bucket.reports.id
    }
  }

  depends_on = [aws_iam_role_policy.report_worker_role]
}

resource "aws_lambda_function_event_invoke_config" "report_worker_event_invoke_config" {
  function_name                = aws_lambda_function.report_worker.function_name
  qualifier                    = "$LATEST"
  maximum_retry_attempts       = 2
  maximum_event_age_in_seconds = 21600

  destination_config {
    on_success {
      destination = aws_sns_topic.ready.arn
    }

    on_failure {
      destination = aws_sqs_queue.failed.arn
    }
  }
}

resource "aws_iam_role" "report_worker_role" {
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
    "virga:app"   = "async_job"
    "virga:stage" = "default"
    "virga:node"  = "report.worker"
  }
}

resource "aws_iam_role_policy" "report_worker_role" {
  role = aws_iam_role.report_worker_role.name
  name = "edges"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "${aws_cloudwatch_log_group.report_worker_logs.arn}:*"
      },
      {
        Effect   = "Allow"
        Action   = "sns:Publish"
        Resource = aws_sns_topic.ready.arn
      },
      {
        Effect   = "Allow"
        Action   = "sqs:SendMessage"
        Resource = aws_sqs_queue.failed.arn
      },
      {
        Effect   = "Allow"
        Action   = ["s3:AbortMultipartUpload", "s3:DeleteObject", "s3:PutObject"]
        Resource = "${aws_s3_bucket.reports.arn}/*"
      },
    ]
  })
}
