# Made by Virga from the app image_pipeline, stage default. Change the .virga file, not this one.

# A gallery

data "aws_caller_identity" "current" {}

data "aws_region" "current" {}

data "aws_partition" "current" {}

resource "aws_s3_bucket" "gallery_originals" {
  bucket = "image-pipeline--default--gal-162891-${data.aws_caller_identity.current.account_id}-${data.aws_region.current.region}"
  tags = {
    "virga:app"   = "image_pipeline"
    "virga:stage" = "default"
    "virga:node"  = "gallery.originals"
  }

  lifecycle {
    prevent_destroy = true
  }

  depends_on = [aws_lambda_permission.gallery_scaler_from_gallery_originals_permission]
}

resource "aws_s3_bucket_server_side_encryption_configuration" "gallery_originals" {
  bucket = aws_s3_bucket.gallery_originals.id

  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm = "AES256"
    }
  }
}

resource "aws_s3_bucket_ownership_controls" "gallery_originals" {
  bucket = aws_s3_bucket.gallery_originals.id

  rule {
    object_ownership = "BucketOwnerEnforced"
  }
}

resource "aws_s3_bucket_public_access_block" "gallery_originals" {
  bucket                  = aws_s3_bucket.gallery_originals.id
  block_public_acls       = true
  ignore_public_acls      = true
  block_public_policy     = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_lifecycle_configuration" "gallery_originals" {
  bucket = aws_s3_bucket.gallery_originals.id

  rule {
    id     = "expire"
    status = "Enabled"

    expiration {
      days = 30
    }

    filter {}
  }
}

resource "aws_s3_bucket_cors_configuration" "gallery_originals" {
  bucket = aws_s3_bucket.gallery_originals.id

  cors_rule {
    allowed_headers = ["content-type", "authorization"]
    allowed_origins = ["https://gallery.example.com"]
    max_age_seconds = 600
    allowed_methods = ["GET", "PUT"]
  }
}

resource "aws_s3_bucket_notification" "gallery_originals" {
  bucket = aws_s3_bucket.gallery_originals.id

  lambda_function {
    events              = ["s3:ObjectCreated:*"]
    filter_suffix       = ".ppm"
    lambda_function_arn = aws_lambda_function.gallery_scaler.arn
  }
}

resource "aws_s3_bucket" "gallery_pictures" {
  bucket = "image-pipeline--default--gal-ade3ce-${data.aws_caller_identity.current.account_id}-${data.aws_region.current.region}"
  tags = {
    "virga:app"   = "image_pipeline"
    "virga:stage" = "default"
    "virga:node"  = "gallery.pictures"
  }

  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "gallery_pictures" {
  bucket = aws_s3_bucket.gallery_pictures.id

  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm = "AES256"
    }
  }
}

resource "aws_s3_bucket_ownership_controls" "gallery_pictures" {
  bucket = aws_s3_bucket.gallery_pictures.id

  rule {
    object_ownership = "BucketOwnerEnforced"
  }
}

resource "aws_s3_bucket_public_access_block" "gallery_pictures" {
  bucket                  = aws_s3_bucket.gallery_pictures.id
  block_public_acls       = true
  ignore_public_acls      = true
  block_public_policy     = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_cors_configuration" "gallery_pictures" {
  bucket = aws_s3_bucket.gallery_pictures.id

  cors_rule {
    allowed_headers = ["content-type", "authorization"]
    allowed_origins = ["https://gallery.example.com"]
    max_age_seconds = 600
    allowed_methods = ["GET", "PUT"]
  }
}

resource "aws_cloudwatch_log_group" "gallery_scaler_logs" {
  name              = "/aws/lambda/image_pipeline-default-gallery-scaler"
  retention_in_days = 30
  tags = {
    "virga:app"   = "image_pipeline"
    "virga:stage" = "default"
    "virga:node"  = "gallery.scaler"
  }
}

resource "aws_lambda_function" "gallery_scaler" {
  function_name    = "image_pipeline-default-gallery-scaler"
  runtime          = "python3.12"
  handler          = "scale.handler"
  filename         = "${path.module}/code/gallery-scaler-b814d89368ef.zip"
  source_code_hash = filebase64sha256("${path.module}/code/gallery-scaler-b814d89368ef.zip")
  role             = aws_iam_role.gallery_scaler_role.arn
  architectures    = ["x86_64"]
  memory_size      = 1024
  timeout          = 60
  tags = {
    "virga:app"   = "image_pipeline"
    "virga:stage" = "default"
    "virga:node"  = "gallery.scaler"
  }

  ephemeral_storage {
    size = 512
  }

  tracing_config {
    mode = "PassThrough"
  }

  logging_config {
    log_group  = aws_cloudwatch_log_group.gallery_scaler_logs.name
    log_format = "Text"
  }

  environment {
    variables = {
      GALLERY_ORIGINALS_BUCKET_NAME = "image-pipeline--default--gal-162891-${data.aws_caller_identity.current.account_id}-${data.aws_region.current.region}"
      GALLERY_PICTURES_BUCKET_NAME  = aws_s3_bucket.gallery_pictures.id
      WIDTHS                        = "64,512"
    }
  }

  depends_on = [aws_iam_role_policy.gallery_scaler_role]
}

resource "aws_lambda_function_event_invoke_config" "gallery_scaler_event_invoke_config" {
  function_name                = aws_lambda_function.gallery_scaler.function_name
  qualifier                    = "$LATEST"
  maximum_retry_attempts       = 2
  maximum_event_age_in_seconds = 21600

  destination_config {
    on_failure {
      destination = aws_lambda_function.told_sender.arn
    }
  }
}

resource "aws_lambda_permission" "gallery_scaler_from_gallery_originals_permission" {
  action         = "lambda:InvokeFunction"
  function_name  = aws_lambda_function.gallery_scaler.function_name
  principal      = "s3.amazonaws.com"
  source_account = data.aws_caller_identity.current.account_id
  source_arn     = "arn:${data.aws_partition.current.partition}:s3:::image-pipeline--default--gal-162891-${data.aws_caller_identity.current.account_id}-${data.aws_region.current.region}"
  statement_id   = "GalleryScalerFromGalleryOriginalsPermission"
}

resource "aws_iam_role" "gallery_scaler_role" {
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
    "virga:app"   = "image_pipeline"
    "virga:stage" = "default"
    "virga:node"  = "gallery.scaler"
  }
}

resource "aws_iam_role_policy" "gallery_scaler_role" {
  role = aws_iam_role.gallery_scaler_role.name
  name = "edges"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "${aws_cloudwatch_log_group.gallery_scaler_logs.arn}:*"
      },
      {
        Effect   = "Allow"
        Action   = "lambda:InvokeFunction"
        Resource = aws_lambda_function.told_sender.arn
      },
      {
        Effect   = "Allow"
        Action   = "s3:GetObject"
        Resource = "arn:${data.aws_partition.current.partition}:s3:::image-pipeline--default--gal-162891-${data.aws_caller_identity.current.account_id}-${data.aws_region.current.region}/*"
      },
      {
        Effect   = "Allow"
        Action   = "s3:ListBucket"
        Resource = "arn:${data.aws_partition.current.partition}:s3:::image-pipeline--default--gal-162891-${data.aws_caller_identity.current.account_id}-${data.aws_region.current.region}"
      },
      {
        Effect   = "Allow"
        Action   = ["s3:AbortMultipartUpload", "s3:DeleteObject", "s3:PutObject"]
        Resource = "${aws_s3_bucket.gallery_pictures.arn}/*"
      },
    ]
  })
}

resource "aws_secretsmanager_secret" "told_key" {
  name = "image_pipeline-default-told-key"
  tags = {
    "virga:app"   = "image_pipeline"
    "virga:stage" = "default"
    "virga:node"  = "told.key"
  }
}

resource "aws_secretsmanager_secret_version" "told_key" {
  secret_id     = aws_secretsmanager_secret.told_key.id
  secret_string = var.slack_webhook
}

resource "aws_cloudwatch_log_group" "told_sender_logs" {
  name              = "/aws/lambda/image_pipeline-default-told-sender"
  retention_in_days = 30
  tags = {
    "virga:app"   = "image_pipeline"
    "virga:stage" = "default"
    "virga:node"  = "told.sender"
  }
}

resource "aws_lambda_function" "told_sender" {
  function_name    = "image_pipeline-default-told-sender"
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
    "virga:app"   = "image_pipeline"
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
      CHANNEL_SECRET_NAME  = "image_pipeline-default-told-key"
      PREFIX               = "gallery"
      TOLD_KEY_SECRET_NAME = "image_pipeline-default-told-key"
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
    "virga:app"   = "image_pipeline"
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
