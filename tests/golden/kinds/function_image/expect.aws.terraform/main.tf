# Made by Virga from the app shop, stage default. Change the .virga file, not this one.

resource "aws_cloudwatch_log_group" "render_logs" {
  name              = "/aws/lambda/shop-default-render"
  retention_in_days = 30
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "render"
  }
}

resource "aws_lambda_function" "render" {
  function_name = "shop-default-render"
  package_type  = "Image"
  image_uri     = var.image
  role          = aws_iam_role.render_role.arn
  architectures = ["x86_64"]
  memory_size   = 1024
  timeout       = 10
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "render"
  }
  publish = true

  ephemeral_storage {
    size = 512
  }

  tracing_config {
    mode = "PassThrough"
  }

  logging_config {
    log_group  = aws_cloudwatch_log_group.render_logs.name
    log_format = "Text"
  }

  environment {
    variables = {
      CONVERT_FUNCTION_NAME = aws_lambda_function.convert.function_name
    }
  }

  depends_on = [aws_iam_role_policy.render_role]
}

resource "aws_iam_role" "render_role" {
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
    "virga:node"  = "render"
  }
}

resource "aws_iam_role_policy" "render_role" {
  role = aws_iam_role.render_role.name
  name = "edges"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "${aws_cloudwatch_log_group.render_logs.arn}:*"
      },
      {
        Effect   = "Allow"
        Action   = "lambda:InvokeFunction"
        Resource = aws_lambda_function.convert.arn
      },
    ]
  })
}

locals {
  render_version0465765008 = aws_lambda_function.render.version
}

resource "aws_lambda_alias" "render_alias" {
  function_name    = aws_lambda_function.render.function_name
  name             = "live"
  function_version = local.render_version0465765008
}

resource "aws_cloudwatch_log_group" "convert_logs" {
  name              = "/aws/lambda/shop-default-convert"
  retention_in_days = 30
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "convert"
  }
}

resource "aws_lambda_function" "convert" {
  function_name = "shop-default-convert"
  package_type  = "Image"
  image_uri     = var.image
  role          = aws_iam_role.convert_role.arn
  architectures = ["x86_64"]
  memory_size   = 512
  timeout       = 60
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "convert"
  }

  image_config {
    entry_point = ["/bin/convert"]
    command     = ["--serve"]
  }

  ephemeral_storage {
    size = 512
  }

  tracing_config {
    mode = "PassThrough"
  }

  logging_config {
    log_group  = aws_cloudwatch_log_group.convert_logs.name
    log_format = "Text"
  }

  depends_on = [aws_iam_role_policy.convert_role]
}

resource "aws_iam_role" "convert_role" {
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
    "virga:node"  = "convert"
  }
}

resource "aws_iam_role_policy" "convert_role" {
  role = aws_iam_role.convert_role.name
  name = "edges"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "${aws_cloudwatch_log_group.convert_logs.arn}:*"
      },
    ]
  })
}
