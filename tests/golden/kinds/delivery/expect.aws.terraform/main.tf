# Made by Virga from the app shop, stage default. Change the .virga file, not this one.

data "aws_caller_identity" "current" {}

data "aws_region" "current" {}

resource "aws_s3_bucket" "lake" {
  bucket = "shop--default--lake-${data.aws_caller_identity.current.account_id}-${data.aws_region.current.region}"
  tags = {
    "virga:app"   = "shop"
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

resource "aws_kinesis_stream" "clicks" {
  name             = "shop-default-clicks"
  retention_period = 24
  encryption_type  = "KMS"
  kms_key_id       = "alias/aws/kinesis"
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "clicks"
  }

  stream_mode_details {
    stream_mode = "ON_DEMAND"
  }
}

resource "aws_cloudwatch_log_group" "audit" {
  name              = "shop-default-audit"
  retention_in_days = 30
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "audit"
  }
}

resource "aws_iam_role" "audit_role" {
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
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "audit"
  }
}

resource "aws_iam_role_policy" "audit_role" {
  role = aws_iam_role.audit_role.name
  name = "edges"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["firehose:PutRecord", "firehose:PutRecordBatch"]
        Resource = aws_kinesis_firehose_delivery_stream.archive_from_audit.arn
      },
    ]
  })
}

resource "aws_lambda_function" "till" {
  function_name    = "shop-default-till"
  runtime          = "nodejs20.x"
  handler          = "index.handler"
  filename         = "${path.module}/code/till-95d3900e7950.zip"
  source_code_hash = filebase64sha256("${path.module}/code/till-95d3900e7950.zip")
  role             = aws_iam_role.till_role.arn
  architectures    = ["x86_64"]
  memory_size      = 512
  timeout          = 10
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "till"
  }

  ephemeral_storage {
    size = 512
  }

  tracing_config {
    mode = "PassThrough"
  }

  logging_config {
    log_group  = aws_cloudwatch_log_group.audit.name
    log_format = "Text"
  }

  environment {
    variables = {
      ARCHIVE_DELIVERY_NAME = aws_kinesis_firehose_delivery_stream.archive.name
    }
  }

  depends_on = [aws_iam_role_policy.till_role]
}

resource "aws_iam_role" "till_role" {
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
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "till"
  }
}

resource "aws_iam_role_policy" "till_role" {
  role = aws_iam_role.till_role.name
  name = "edges"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "${aws_cloudwatch_log_group.audit.arn}:*"
      },
      {
        Effect   = "Allow"
        Action   = ["firehose:PutRecord", "firehose:PutRecordBatch"]
        Resource = aws_kinesis_firehose_delivery_stream.archive.arn
      },
    ]
  })
}

resource "aws_cloudwatch_log_group" "archive_logs" {
  name              = "/aws/kinesisfirehose/shop-default-archive"
  retention_in_days = 30
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "archive"
  }
}

resource "aws_cloudwatch_log_stream" "archive_log_stream" {
  log_group_name = aws_cloudwatch_log_group.archive_logs.name
  name           = "delivery"
}

resource "aws_kinesis_firehose_delivery_stream" "archive" {
  name = "shop-default-archive"
  tags = {
    "virga:app"   = "shop"
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
    prefix              = "shop/!{timestamp:yyyy/MM/dd}/"
    error_output_prefix = "errors/!{firehose:error-output-type}/!{timestamp:yyyy/MM/dd}/"
    compression_format  = "Snappy"
    buffering_size      = 64
    buffering_interval  = 600

    processing_configuration {
      enabled = true

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

resource "aws_kinesis_firehose_delivery_stream" "archive_from_clicks" {
  name = "shop-default-archive-clicks"
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "archive"
  }
  destination = "extended_s3"

  kinesis_source_configuration {
    kinesis_stream_arn = aws_kinesis_stream.clicks.arn
    role_arn           = aws_iam_role.archive_role.arn
  }

  extended_s3_configuration {
    bucket_arn          = aws_s3_bucket.lake.arn
    role_arn            = aws_iam_role.archive_role.arn
    prefix              = "shop/!{timestamp:yyyy/MM/dd}/"
    error_output_prefix = "errors/!{firehose:error-output-type}/!{timestamp:yyyy/MM/dd}/"
    compression_format  = "Snappy"
    buffering_size      = 64
    buffering_interval  = 600

    processing_configuration {
      enabled = true

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

resource "aws_kinesis_firehose_delivery_stream" "archive_from_audit" {
  name = "shop-default-archive-audit"
  tags = {
    "virga:app"   = "shop"
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
    prefix              = "shop/!{timestamp:yyyy/MM/dd}/"
    error_output_prefix = "errors/!{firehose:error-output-type}/!{timestamp:yyyy/MM/dd}/"
    compression_format  = "Snappy"
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

resource "aws_cloudwatch_log_subscription_filter" "archive_from_audit_filter" {
  log_group_name  = aws_cloudwatch_log_group.audit.name
  filter_pattern  = ""
  destination_arn = aws_kinesis_firehose_delivery_stream.archive_from_audit.arn
  role_arn        = aws_iam_role.audit_role.arn
  name            = "ArchiveFromAuditFilter"
  depends_on      = [aws_iam_role_policy.audit_role]
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
    "virga:app"   = "shop"
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
        Action   = ["kinesis:DescribeStream", "kinesis:GetRecords", "kinesis:GetShardIterator", "kinesis:ListShards"]
        Resource = aws_kinesis_stream.clicks.arn
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

resource "aws_cloudwatch_log_group" "moves_logs" {
  name              = "/aws/kinesisfirehose/shop-default-moves"
  retention_in_days = 30
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "moves"
  }
}

resource "aws_cloudwatch_log_stream" "moves_log_stream" {
  log_group_name = aws_cloudwatch_log_group.moves_logs.name
  name           = "delivery"
}

resource "aws_kinesis_firehose_delivery_stream" "moves_from_clicks" {
  name = "shop-default-moves-clicks"
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "moves"
  }
  destination = "extended_s3"

  kinesis_source_configuration {
    kinesis_stream_arn = aws_kinesis_stream.clicks.arn
    role_arn           = aws_iam_role.moves_role.arn
  }

  extended_s3_configuration {
    bucket_arn          = aws_s3_bucket.lake.arn
    role_arn            = aws_iam_role.moves_role.arn
    prefix              = "!{timestamp:yyyy/MM}/"
    error_output_prefix = "errors/!{firehose:error-output-type}/!{timestamp:yyyy/MM}/"
    compression_format  = "UNCOMPRESSED"
    buffering_size      = 5
    buffering_interval  = 300

    processing_configuration {
      enabled = true

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
      log_group_name  = aws_cloudwatch_log_group.moves_logs.name
      log_stream_name = aws_cloudwatch_log_stream.moves_log_stream.name
    }
  }

  depends_on = [aws_iam_role_policy.moves_role]
}

resource "aws_iam_role" "moves_role" {
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
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "moves"
  }
}

resource "aws_iam_role_policy" "moves_role" {
  role = aws_iam_role.moves_role.name
  name = "edges"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = "logs:PutLogEvents"
        Resource = "${aws_cloudwatch_log_group.moves_logs.arn}:*"
      },
      {
        Effect   = "Allow"
        Action   = ["kinesis:DescribeStream", "kinesis:GetRecords", "kinesis:GetShardIterator", "kinesis:ListShards"]
        Resource = aws_kinesis_stream.clicks.arn
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
