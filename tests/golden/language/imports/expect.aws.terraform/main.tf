# Made by Virga from the app web, stage prod. Change the .virga file, not this one.

resource "aws_cloudwatch_log_group" "page_logs" {
  name              = "/aws/lambda/web-prod-page"
  retention_in_days = 30
  tags = {
    "virga:app"   = "web"
    "virga:stage" = "prod"
    "virga:node"  = "page"
  }
}

resource "aws_lambda_function" "page" {
  function_name    = "web-prod-page"
  runtime          = "nodejs20.x"
  handler          = "index.handler"
  filename         = "${path.module}/code/page-21a274b94fac.zip"
  source_code_hash = filebase64sha256("${path.module}/code/page-21a274b94fac.zip")
  role             = aws_iam_role.page_role.arn
  architectures    = ["x86_64"]
  memory_size      = 512
  timeout          = 10
  tags = {
    "virga:app"   = "web"
    "virga:stage" = "prod"
    "virga:node"  = "page"
  }

  ephemeral_storage {
    size = 512
  }

  tracing_config {
    mode = "PassThrough"
  }

  logging_config {
    log_group  = aws_cloudwatch_log_group.page_logs.name
    log_format = "Text"
  }

  environment {
    variables = {
      API_URL = var.orders_url
      NET     = var.network_name
      ORDERS  = var.orders_url
      TEXT    = "at ${var.orders_url}"
    }
  }

  depends_on = [aws_iam_role_policy.page_role]
}

resource "aws_iam_role" "page_role" {
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
    "virga:app"   = "web"
    "virga:stage" = "prod"
    "virga:node"  = "page"
  }
}

resource "aws_iam_role_policy" "page_role" {
  role = aws_iam_role.page_role.name
  name = "edges"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "${aws_cloudwatch_log_group.page_logs.arn}:*"
      },
    ]
  })
}
