# Made by Virga from the app click_archive, stage default. Change the .virga file, not this one.

# Clicks, gathered into objects

data "aws_caller_identity" "current" {}

data "aws_region" "current" {}

data "aws_partition" "current" {}

resource "aws_cloudwatch_log_group" "clicks" {
  name              = "click_archive-default-clicks"
  retention_in_days = 7
  tags = {
    "virga:app"   = "click_archive"
    "virga:stage" = "default"
    "virga:node"  = "clicks"
  }
}

resource "aws_iam_role" "clicks_role" {
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect = "Allow"
        Principal = {
          Service = "logs.amazonaws.com"
        }
        Action = "sts:AssumeRole"
      },
    ]
  })
  tags = {
    "virga:app"   = "click_archive"
    "virga:stage" = "default"
    "virga:node"  = "clicks"
  }
}

resource "aws_iam_role_policy" "clicks_role" {
  role = aws_iam_role.clicks_role.name
  name = "edges"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["firehose:PutRecord", "firehose:PutRecordBatch"]
        Resource = aws_kinesis_firehose_delivery_stream.archive_from_clicks.arn
      },
    ]
  })
}

resource "aws_s3_bucket" "lake" {
  bucket = "click-archive--default--lake-${data.aws_caller_identity.current.account_id}-${data.aws_region.current.region}"
  tags = {
    "virga:app"   = "click_archive"
    "virga:stage" = "default"
    "virga:node"  = "lake"
  }

  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "lake" {
  bucket = aws_s3_bucket.lake.id

  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm = "AES256"
    }
  }
}

resource "aws_s3_bucket_ownership_controls" "lake" {
  bucket = aws_s3_bucket.lake.id

  rule {
    object_ownership = "BucketOwnerEnforced"
  }
}

resource "aws_s3_bucket_public_access_block" "lake" {
  bucket                  = aws_s3_bucket.lake.id
  block_public_acls       = true
  ignore_public_acls      = true
  block_public_policy     = true
  restrict_public_buckets = true
}

resource "aws_cloudwatch_log_group" "archive_logs" {
  name              = "/aws/kinesisfirehose/click_archive-default-archive"
  retention_in_days = 30
  tags = {
    "virga:app"   = "click_archive"
    "virga:stage" = "default"
    "virga:node"  = "archive"
  }
}

resource "aws_cloudwatch_log_stream" "archive_log_stream" {
  log_group_name = aws_cloudwatch_log_group.archive_logs.name
  name           = "delivery"
}

resource "aws_kinesis_firehose_delivery_stream" "archive_from_clicks" {
  name = "click_archive-default-archive-clicks"
  tags = {
    "virga:app"   = "click_archive"
    "virga:stage" = "default"
    "virga:node"  = "archive"
  }
  destination = "extended_s3"

  server_side_encryption {
    key_type = "AWS_OWNED_CMK"
    enabled  = true
  }

  extended_s3_configuration {
    bucket_arn          = aws_s3_bucket.lake.arn
    role_arn            = aws_iam_role.archive_role.arn
    prefix              = "clicks/!{timestamp:yyyy/MM/dd/HH}/"
    error_output_prefix = "errors/!{firehose:error-output-type}/!{timestamp:yyyy/MM/dd/HH}/"
    compression_format  = "GZIP"
    buffering_size      = 64
    buffering_interval  = 600

    processing_configuration {
      enabled = true

      processors {
        type = "Decompression"

        parameters {
          parameter_name  = "CompressionFormat"
          parameter_value = "GZIP"
        }
      }

      processors {
        type = "CloudWatchLogProcessing"

        parameters {
          parameter_name  = "DataMessageExtraction"
          parameter_value = "true"
        }
      }

      processors {
        type = "AppendDelimiterToRecord"

        parameters {
          parameter_name  = "Delimiter"
          parameter_value = "\\n"
        }
      }
    }

    cloudwatch_logging_options {
      enabled         = true
      log_group_name  = aws_cloudwatch_log_group.archive_logs.name
      log_stream_name = aws_cloudwatch_log_stream.archive_log_stream.name
    }
  }

  depends_on = [aws_iam_role_policy.archive_role]
}

resource "aws_cloudwatch_log_subscription_filter" "archive_from_clicks_filter" {
  log_group_name  = aws_cloudwatch_log_group.clicks.name
  filter_pattern  = ""
  destination_arn = aws_kinesis_firehose_delivery_stream.archive_from_clicks.arn
  role_arn        = aws_iam_role.clicks_role.arn
  name            = "ArchiveFromClicksFilter"
  depends_on      = [aws_iam_role_policy.clicks_role]
}

resource "aws_iam_role" "archive_role" {
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect = "Allow"
        Principal = {
          Service = "firehose.amazonaws.com"
        }
        Action = "sts:AssumeRole"
      },
    ]
  })
  tags = {
    "virga:app"   = "click_archive"
    "virga:stage" = "default"
    "virga:node"  = "archive"
  }
}

resource "aws_iam_role_policy" "archive_role" {
  role = aws_iam_role.archive_role.name
  name = "edges"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = "logs:PutLogEvents"
        Resource = "${aws_cloudwatch_log_group.archive_logs.arn}:*"
      },
      {
        Effect   = "Allow"
        Action   = ["s3:GetBucketLocation", "s3:ListBucket", "s3:ListBucketMultipartUploads"]
        Resource = aws_s3_bucket.lake.arn
      },
      {
        Effect   = "Allow"
        Action   = ["s3:AbortMultipartUpload", "s3:GetObject", "s3:PutObject"]
        Resource = "${aws_s3_bucket.lake.arn}/*"
      },
    ]
  })
}

resource "aws_lambda_function" "count" {
  function_name    = "click_archive-default-count"
  runtime          = "python3.12"
  handler          = "count.handler"
  filename         = "${path.module}/code/count-9ec8900b5e80.zip"
  source_code_hash = filebase64sha256("${path.module}/code/count-9ec8900b5e80.zip")
  role             = aws_iam_role.count_role.arn
  architectures    = ["x86_64"]
  memory_size      = 512
  timeout          = 5
  tags = {
    "virga:app"   = "click_archive"
    "virga:stage" = "default"
    "virga:node"  = "count"
  }

  ephemeral_storage {
    size = 512
  }

  tracing_config {
    mode = "PassThrough"
  }

  logging_config {
    log_group  = aws_cloudwatch_log_group.clicks.name
    log_format = "Text"
  }

  depends_on = [aws_iam_role_policy.count_role]
}

resource "aws_lambda_permission" "count_from_public_permission" {
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.count.function_name
  principal     = "apigateway.amazonaws.com"
  source_arn    = "arn:${data.aws_partition.current.partition}:execute-api:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:${aws_apigatewayv2_api.public.id}/*/*"
  statement_id  = "CountFromPublicPermission"
}

resource "aws_iam_role" "count_role" {
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
    "virga:app"   = "click_archive"
    "virga:stage" = "default"
    "virga:node"  = "count"
  }
}

resource "aws_iam_role_policy" "count_role" {
  role = aws_iam_role.count_role.name
  name = "edges"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "${aws_cloudwatch_log_group.clicks.arn}:*"
      },
    ]
  })
}

resource "aws_apigatewayv2_api" "public" {
  name          = "click_archive-default-public"
  protocol_type = "HTTP"
  tags = {
    "virga:app"   = "click_archive"
    "virga:stage" = "default"
    "virga:node"  = "public"
  }

  cors_configuration {
    allow_origins     = ["https://www.example.com"]
    allow_methods     = ["POST"]
    allow_headers     = ["content-type", "authorization"]
    allow_credentials = false
    max_age           = 600
  }
}

resource "aws_cloudwatch_log_group" "public_access_log" {
  name              = "/aws/vendedlogs/apigateway/click_archive-default-public"
  retention_in_days = 30
  tags = {
    "virga:app"   = "click_archive"
    "virga:stage" = "default"
    "virga:node"  = "public"
  }
}

resource "aws_apigatewayv2_stage" "public_stage" {
  api_id      = aws_apigatewayv2_api.public.id
  name        = "$default"
  auto_deploy = true
  tags = {
    "virga:app"   = "click_archive"
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

resource "aws_apigatewayv2_integration" "public_to_count" {
  api_id                 = aws_apigatewayv2_api.public.id
  integration_type       = "AWS_PROXY"
  integration_uri        = aws_lambda_function.count.arn
  payload_format_version = "2.0"
  timeout_milliseconds   = 30000
}

resource "aws_apigatewayv2_route" "public_post_clicks" {
  api_id             = aws_apigatewayv2_api.public.id
  route_key          = "POST /clicks"
  authorization_type = "NONE"
  target             = "integrations/${aws_apigatewayv2_integration.public_to_count.id}"
}
