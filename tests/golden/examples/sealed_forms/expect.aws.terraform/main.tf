# Made by Virga from the app sealed_forms, stage default. Change the .virga file, not this one.

# Forms that lie encrypted

data "aws_caller_identity" "current" {}

data "aws_region" "current" {}

data "aws_partition" "current" {}

resource "aws_kms_key" "seal" {
  customer_master_key_spec = "SYMMETRIC_DEFAULT"
  key_usage                = "ENCRYPT_DECRYPT"
  description              = "Forms that people sent in"
  enable_key_rotation      = true
  rotation_period_in_days  = 180
  deletion_window_in_days  = 30
  tags = {
    "virga:app"   = "sealed_forms"
    "virga:stage" = "default"
    "virga:node"  = "seal"
  }
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect = "Allow"
        Principal = {
          AWS = "arn:${data.aws_partition.current.partition}:iam::${data.aws_caller_identity.current.account_id}:root"
        }
        Action   = "kms:*"
        Resource = "*"
      },
      {
        Effect = "Allow"
        Principal = {
          Service = "logs.${data.aws_region.current.region}.${data.aws_partition.current.dns_suffix}"
        }
        Action   = ["kms:Decrypt*", "kms:Describe*", "kms:Encrypt*", "kms:GenerateDataKey*", "kms:ReEncrypt*"]
        Resource = "*"
        Condition = {
          ArnEquals = {
            "kms:EncryptionContext:aws:logs:arn" = "arn:${data.aws_partition.current.partition}:logs:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:log-group:sealed_forms-default-trail"
          }
        }
      },
    ]
  })

  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_kms_alias" "seal_alias" {
  name          = "alias/sealed_forms-default-seal"
  target_key_id = aws_kms_key.seal.key_id
}

resource "aws_s3_bucket" "forms" {
  bucket = "sealed-forms--default--forms-${data.aws_caller_identity.current.account_id}-${data.aws_region.current.region}"
  tags = {
    "virga:app"   = "sealed_forms"
    "virga:stage" = "default"
    "virga:node"  = "forms"
  }

  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "forms" {
  bucket = aws_s3_bucket.forms.id

  rule {
    bucket_key_enabled = true

    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = aws_kms_key.seal.arn
    }
  }
}

resource "aws_s3_bucket_ownership_controls" "forms" {
  bucket = aws_s3_bucket.forms.id

  rule {
    object_ownership = "BucketOwnerEnforced"
  }
}

resource "aws_s3_bucket_public_access_block" "forms" {
  bucket                  = aws_s3_bucket.forms.id
  block_public_acls       = true
  ignore_public_acls      = true
  block_public_policy     = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_versioning" "forms" {
  bucket = aws_s3_bucket.forms.id

  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_cloudwatch_log_group" "trail" {
  name              = "sealed_forms-default-trail"
  retention_in_days = 90
  kms_key_id        = aws_kms_key.seal.arn
  tags = {
    "virga:app"   = "sealed_forms"
    "virga:stage" = "default"
    "virga:node"  = "trail"
  }
}

resource "aws_lambda_function" "take" {
  function_name    = "sealed_forms-default-take"
  runtime          = "python3.12"
  handler          = "forms.take"
  filename         = "${path.module}/code/take-2c665299afe2.zip"
  source_code_hash = filebase64sha256("${path.module}/code/take-2c665299afe2.zip")
  role             = aws_iam_role.take_role.arn
  architectures    = ["x86_64"]
  memory_size      = 512
  timeout          = 10
  tags = {
    "virga:app"   = "sealed_forms"
    "virga:stage" = "default"
    "virga:node"  = "take"
  }

  ephemeral_storage {
    size = 512
  }

  tracing_config {
    mode = "PassThrough"
  }

  logging_config {
    log_group  = aws_cloudwatch_log_group.trail.name
    log_format = "Text"
  }

  environment {
    variables = {
      FORMS_BUCKET_NAME = aws_s3_bucket.forms.id
    }
  }

  depends_on = [aws_iam_role_policy.take_role]
}

resource "aws_lambda_permission" "take_from_public_permission" {
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.take.function_name
  principal     = "apigateway.amazonaws.com"
  source_arn    = "arn:${data.aws_partition.current.partition}:execute-api:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:${aws_api_gateway_rest_api.public.id}/*/*"
  statement_id  = "TakeFromPublicPermission"
}

resource "aws_iam_role" "take_role" {
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
    "virga:app"   = "sealed_forms"
    "virga:stage" = "default"
    "virga:node"  = "take"
  }
}

resource "aws_iam_role_policy" "take_role" {
  role = aws_iam_role.take_role.name
  name = "edges"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "${aws_cloudwatch_log_group.trail.arn}:*"
      },
      {
        Effect   = "Allow"
        Action   = ["s3:AbortMultipartUpload", "s3:DeleteObject", "s3:PutObject"]
        Resource = "${aws_s3_bucket.forms.arn}/*"
      },
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:GenerateDataKey"]
        Resource = aws_kms_key.seal.arn
      },
    ]
  })
}

resource "aws_lambda_function" "open" {
  function_name    = "sealed_forms-default-open"
  runtime          = "python3.12"
  handler          = "forms.open"
  filename         = "${path.module}/code/open-2c665299afe2.zip"
  source_code_hash = filebase64sha256("${path.module}/code/open-2c665299afe2.zip")
  role             = aws_iam_role.open_role.arn
  architectures    = ["x86_64"]
  memory_size      = 512
  timeout          = 10
  tags = {
    "virga:app"   = "sealed_forms"
    "virga:stage" = "default"
    "virga:node"  = "open"
  }

  ephemeral_storage {
    size = 512
  }

  tracing_config {
    mode = "PassThrough"
  }

  logging_config {
    log_group  = aws_cloudwatch_log_group.trail.name
    log_format = "Text"
  }

  environment {
    variables = {
      FORMS_BUCKET_NAME = aws_s3_bucket.forms.id
    }
  }

  depends_on = [aws_iam_role_policy.open_role]
}

resource "aws_lambda_permission" "open_from_public_permission" {
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.open.function_name
  principal     = "apigateway.amazonaws.com"
  source_arn    = "arn:${data.aws_partition.current.partition}:execute-api:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:${aws_api_gateway_rest_api.public.id}/*/*"
  statement_id  = "OpenFromPublicPermission"
}

resource "aws_iam_role" "open_role" {
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
    "virga:app"   = "sealed_forms"
    "virga:stage" = "default"
    "virga:node"  = "open"
  }
}

resource "aws_iam_role_policy" "open_role" {
  role = aws_iam_role.open_role.name
  name = "edges"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "${aws_cloudwatch_log_group.trail.arn}:*"
      },
      {
        Effect   = "Allow"
        Action   = "s3:GetObject"
        Resource = "${aws_s3_bucket.forms.arn}/*"
      },
      {
        Effect   = "Allow"
        Action   = "kms:Decrypt"
        Resource = aws_kms_key.seal.arn
      },
      {
        Effect   = "Allow"
        Action   = "s3:ListBucket"
        Resource = aws_s3_bucket.forms.arn
      },
    ]
  })
}

resource "aws_api_gateway_rest_api" "public" {
  name           = "sealed_forms-default-public"
  api_key_source = "HEADER"
  tags = {
    "virga:app"   = "sealed_forms"
    "virga:stage" = "default"
    "virga:node"  = "public"
  }

  endpoint_configuration {
    types = ["REGIONAL"]
  }
}

resource "aws_cloudwatch_log_group" "public_access_log" {
  name              = "/aws/vendedlogs/apigateway/sealed_forms-default-public"
  retention_in_days = 30
  tags = {
    "virga:app"   = "sealed_forms"
    "virga:stage" = "default"
    "virga:node"  = "public"
  }
}

resource "aws_api_gateway_stage" "public_stage" {
  rest_api_id = aws_api_gateway_rest_api.public.id
  stage_name  = "live"
  tags = {
    "virga:app"   = "sealed_forms"
    "virga:stage" = "default"
    "virga:node"  = "public"
  }
  deployment_id = aws_api_gateway_deployment.public_deploymentd091f60671.id

  access_log_settings {
    destination_arn = "${aws_cloudwatch_log_group.public_access_log.arn}:*"
    format          = "{\"requestId\":\"$context.requestId\",\"time\":\"$context.requestTime\",\"ip\":\"$context.identity.sourceIp\",\"route\":\"$context.httpMethod $context.resourcePath\",\"status\":\"$context.status\",\"latency\":\"$context.responseLatency\",\"error\":\"$context.integrationErrorMessage\"}"
  }
}

resource "aws_api_gateway_method_settings" "public_stage" {
  rest_api_id = aws_api_gateway_stage.public_stage.rest_api_id
  stage_name  = aws_api_gateway_stage.public_stage.stage_name
  method_path = "*/*"

  settings {
    throttling_rate_limit  = 20
    throttling_burst_limit = 20
  }
}

resource "aws_api_gateway_usage_plan" "public_plan" {
  name = "sealed_forms-default-public"
  tags = {
    "virga:app"   = "sealed_forms"
    "virga:stage" = "default"
    "virga:node"  = "public"
  }

  api_stages {
    api_id = aws_api_gateway_rest_api.public.id
    stage  = aws_api_gateway_stage.public_stage.stage_name
  }
}

resource "aws_api_gateway_api_key" "public_key_staff_office" {
  name    = "sealed_forms-default-public-office"
  enabled = true
  tags = {
    "virga:app"   = "sealed_forms"
    "virga:stage" = "default"
    "virga:node"  = "public"
  }
}

resource "aws_api_gateway_usage_plan_key" "public_key_staff_office_in_plan" {
  key_id        = aws_api_gateway_api_key.public_key_staff_office.id
  key_type      = "API_KEY"
  usage_plan_id = aws_api_gateway_usage_plan.public_plan.id
}

resource "aws_api_gateway_resource" "public_path_forms" {
  rest_api_id = aws_api_gateway_rest_api.public.id
  parent_id   = aws_api_gateway_rest_api.public.root_resource_id
  path_part   = "forms"
}

resource "aws_api_gateway_method" "public_post_forms" {
  rest_api_id      = aws_api_gateway_rest_api.public.id
  resource_id      = aws_api_gateway_resource.public_path_forms.id
  http_method      = "POST"
  authorization    = "NONE"
  api_key_required = false
}

resource "aws_api_gateway_integration" "public_post_forms" {
  rest_api_id             = aws_api_gateway_method.public_post_forms.rest_api_id
  resource_id             = aws_api_gateway_method.public_post_forms.resource_id
  http_method             = aws_api_gateway_method.public_post_forms.http_method
  type                    = "AWS_PROXY"
  integration_http_method = "POST"
  uri                     = "arn:${data.aws_partition.current.partition}:apigateway:${data.aws_region.current.region}:lambda:path/2015-03-31/functions/${aws_lambda_function.take.arn}/invocations"
  timeout_milliseconds    = 29000
}

resource "aws_api_gateway_resource" "public_path_forms_id" {
  rest_api_id = aws_api_gateway_rest_api.public.id
  parent_id   = aws_api_gateway_resource.public_path_forms.id
  path_part   = "{id}"
}

resource "aws_api_gateway_method" "public_get_forms_id" {
  rest_api_id      = aws_api_gateway_rest_api.public.id
  resource_id      = aws_api_gateway_resource.public_path_forms_id.id
  http_method      = "GET"
  authorization    = "NONE"
  api_key_required = true
}

resource "aws_api_gateway_integration" "public_get_forms_id" {
  rest_api_id             = aws_api_gateway_method.public_get_forms_id.rest_api_id
  resource_id             = aws_api_gateway_method.public_get_forms_id.resource_id
  http_method             = aws_api_gateway_method.public_get_forms_id.http_method
  type                    = "AWS_PROXY"
  integration_http_method = "POST"
  uri                     = "arn:${data.aws_partition.current.partition}:apigateway:${data.aws_region.current.region}:lambda:path/2015-03-31/functions/${aws_lambda_function.open.arn}/invocations"
  timeout_milliseconds    = 29000
}

resource "aws_api_gateway_deployment" "public_deploymentd091f60671" {
  rest_api_id = aws_api_gateway_rest_api.public.id

  lifecycle {
    create_before_destroy = true
  }

  depends_on = [
    aws_api_gateway_method.public_get_forms_id,
    aws_api_gateway_integration.public_get_forms_id,
    aws_api_gateway_method.public_post_forms,
    aws_api_gateway_integration.public_post_forms,
  ]
}
