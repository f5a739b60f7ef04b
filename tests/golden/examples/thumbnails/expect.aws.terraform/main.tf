# Made by Virga from the app thumbnails, stage default. Change the .virga file, not this one.

# Makes pictures small

data "aws_caller_identity" "current" {}

data "aws_region" "current" {}

data "aws_partition" "current" {}

resource "aws_s3_bucket" "uploads" {
  bucket = "thumbnails--default--uploads-${data.aws_caller_identity.current.account_id}-${data.aws_region.current.region}"
  tags = {
    "virga:app"   = "thumbnails"
    "virga:stage" = "default"
    "virga:node"  = "uploads"
  }

  lifecycle {
    prevent_destroy = false
  }

  depends_on = [aws_lambda_permission.shrink_from_uploads_permission]
}

resource "aws_s3_bucket_server_side_encryption_configuration" "uploads" {
  bucket = aws_s3_bucket.uploads.id

  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm = "AES256"
    }
  }
}

resource "aws_s3_bucket_ownership_controls" "uploads" {
  bucket = aws_s3_bucket.uploads.id

  rule {
    object_ownership = "BucketOwnerEnforced"
  }
}

resource "aws_s3_bucket_public_access_block" "uploads" {
  bucket                  = aws_s3_bucket.uploads.id
  block_public_acls       = true
  ignore_public_acls      = true
  block_public_policy     = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_lifecycle_configuration" "uploads" {
  bucket = aws_s3_bucket.uploads.id

  rule {
    id     = "expire"
    status = "Enabled"

    expiration {
      days = 7
    }

    filter {}
  }
}

resource "aws_s3_bucket_notification" "uploads" {
  bucket = aws_s3_bucket.uploads.id

  lambda_function {
    events              = ["s3:ObjectCreated:*"]
    filter_prefix       = "raw/"
    filter_suffix       = ".png"
    lambda_function_arn = aws_lambda_function.shrink.arn
  }
}

resource "aws_s3_bucket" "small" {
  bucket = "thumbnails--default--small-${data.aws_caller_identity.current.account_id}-${data.aws_region.current.region}"
  tags = {
    "virga:app"   = "thumbnails"
    "virga:stage" = "default"
    "virga:node"  = "small"
  }

  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "small" {
  bucket = aws_s3_bucket.small.id

  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm = "AES256"
    }
  }
}

resource "aws_s3_bucket_ownership_controls" "small" {
  bucket = aws_s3_bucket.small.id

  rule {
    object_ownership = "BucketOwnerEnforced"
  }
}

resource "aws_s3_bucket_public_access_block" "small" {
  bucket                  = aws_s3_bucket.small.id
  block_public_acls       = true
  ignore_public_acls      = true
  block_public_policy     = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_cors_configuration" "small" {
  bucket = aws_s3_bucket.small.id

  cors_rule {
    allowed_headers = ["content-type", "authorization"]
    allowed_origins = ["https://example.com"]
    max_age_seconds = 600
    allowed_methods = ["GET"]
  }
}

resource "aws_cloudwatch_log_group" "shrink_logs" {
  name              = "/aws/lambda/thumbnails-default-shrink"
  retention_in_days = 30
  tags = {
    "virga:app"   = "thumbnails"
    "virga:stage" = "default"
    "virga:node"  = "shrink"
  }
}

resource "aws_lambda_function" "shrink" {
  function_name    = "thumbnails-default-shrink"
  runtime          = "python3.12"
  handler          = "shrink.handler"
  filename         = "${path.module}/code/shrink-704360917524.zip"
  source_code_hash = filebase64sha256("${path.module}/code/shrink-704360917524.zip")
  role             = aws_iam_role.shrink_role.arn
  architectures    = ["x86_64"]
  memory_size      = 1024
  timeout          = 60
  tags = {
    "virga:app"   = "thumbnails"
    "virga:stage" = "default"
    "virga:node"  = "shrink"
  }

  ephemeral_storage {
    size = 512
  }

  tracing_config {
    mode = "PassThrough"
  }

  logging_config {
    log_group  = aws_cloudwatch_log_group.shrink_logs.name
    log_format = "Text"
  }

  environment {
    variables = {
      SMALL_BUCKET_NAME   = aws_s3_bucket.small.id
      UPLOADS_BUCKET_NAME = "thumbnails--default--uploads-${data.aws_caller_identity.current.account_id}-${data.aws_region.current.region}"
      WIDTHS              = "64,256"
    }
  }

  depends_on = [aws_iam_role_policy.shrink_role]
}

resource "aws_lambda_function_event_invoke_config" "shrink_event_invoke_config" {
  function_name                = aws_lambda_function.shrink.function_name
  qualifier                    = "$LATEST"
  maximum_retry_attempts       = 2
  maximum_event_age_in_seconds = 21600
}

resource "aws_lambda_permission" "shrink_from_uploads_permission" {
  action         = "lambda:InvokeFunction"
  function_name  = aws_lambda_function.shrink.function_name
  principal      = "s3.amazonaws.com"
  source_account = data.aws_caller_identity.current.account_id
  source_arn     = "arn:${data.aws_partition.current.partition}:s3:::thumbnails--default--uploads-${data.aws_caller_identity.current.account_id}-${data.aws_region.current.region}"
  statement_id   = "ShrinkFromUploadsPermission"
}

resource "aws_iam_role" "shrink_role" {
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
    "virga:app"   = "thumbnails"
    "virga:stage" = "default"
    "virga:node"  = "shrink"
  }
}

resource "aws_iam_role_policy" "shrink_role" {
  role = aws_iam_role.shrink_role.name
  name = "edges"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "${aws_cloudwatch_log_group.shrink_logs.arn}:*"
      },
      {
        Effect   = "Allow"
        Action   = "s3:GetObject"
        Resource = "arn:${data.aws_partition.current.partition}:s3:::thumbnails--default--uploads-${data.aws_caller_identity.current.account_id}-${data.aws_region.current.region}/*"
      },
      {
        Effect   = "Allow"
        Action   = "s3:ListBucket"
        Resource = "arn:${data.aws_partition.current.partition}:s3:::thumbnails--default--uploads-${data.aws_caller_identity.current.account_id}-${data.aws_region.current.region}"
      },
      {
        Effect   = "Allow"
        Action   = ["s3:AbortMultipartUpload", "s3:DeleteObject", "s3:PutObject"]
        Resource = "${aws_s3_bucket.small.arn}/*"
      },
    ]
  })
}
