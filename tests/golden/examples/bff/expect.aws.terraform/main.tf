# Made by Virga from the app bff, stage default. Change the .virga file, not this one.

# A product page and its own back end

data "aws_caller_identity" "current" {}

data "aws_region" "current" {}

data "aws_partition" "current" {}

resource "aws_cloudwatch_log_group" "prices_logs" {
  name              = "/aws/lambda/bff-default-prices"
  retention_in_days = 30
  tags = {
    "virga:app"   = "bff"
    "virga:stage" = "default"
    "virga:node"  = "prices"
  }
}

resource "aws_lambda_function" "prices" {
  function_name    = "bff-default-prices"
  runtime          = "python3.12"
  handler          = "services.prices"
  filename         = "${path.module}/code/prices-5158feedbfaa.zip"
  source_code_hash = filebase64sha256("${path.module}/code/prices-5158feedbfaa.zip")
  role             = aws_iam_role.prices_role.arn
  architectures    = ["x86_64"]
  memory_size      = 512
  timeout          = 10
  tags = {
    "virga:app"   = "bff"
    "virga:stage" = "default"
    "virga:node"  = "prices"
  }

  ephemeral_storage {
    size = 512
  }

  tracing_config {
    mode = "PassThrough"
  }

  logging_config {
    log_group  = aws_cloudwatch_log_group.prices_logs.name
    log_format = "Text"
  }

  depends_on = [aws_iam_role_policy.prices_role]
}

resource "aws_iam_role" "prices_role" {
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
    "virga:app"   = "bff"
    "virga:stage" = "default"
    "virga:node"  = "prices"
  }
}

resource "aws_iam_role_policy" "prices_role" {
  role = aws_iam_role.prices_role.name
  name = "edges"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "${aws_cloudwatch_log_group.prices_logs.arn}:*"
      },
    ]
  })
}

resource "aws_cloudwatch_log_group" "stock_logs" {
  name              = "/aws/lambda/bff-default-stock"
  retention_in_days = 30
  tags = {
    "virga:app"   = "bff"
    "virga:stage" = "default"
    "virga:node"  = "stock"
  }
}

resource "aws_lambda_function" "stock" {
  function_name    = "bff-default-stock"
  runtime          = "python3.12"
  handler          = "services.stock"
  filename         = "${path.module}/code/stock-5158feedbfaa.zip"
  source_code_hash = filebase64sha256("${path.module}/code/stock-5158feedbfaa.zip")
  role             = aws_iam_role.stock_role.arn
  architectures    = ["x86_64"]
  memory_size      = 512
  timeout          = 10
  tags = {
    "virga:app"   = "bff"
    "virga:stage" = "default"
    "virga:node"  = "stock"
  }

  ephemeral_storage {
    size = 512
  }

  tracing_config {
    mode = "PassThrough"
  }

  logging_config {
    log_group  = aws_cloudwatch_log_group.stock_logs.name
    log_format = "Text"
  }

  depends_on = [aws_iam_role_policy.stock_role]
}

resource "aws_iam_role" "stock_role" {
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
    "virga:app"   = "bff"
    "virga:stage" = "default"
    "virga:node"  = "stock"
  }
}

resource "aws_iam_role_policy" "stock_role" {
  role = aws_iam_role.stock_role.name
  name = "edges"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "${aws_cloudwatch_log_group.stock_logs.arn}:*"
      },
    ]
  })
}

resource "aws_apigatewayv2_api" "page_edge" {
  name          = "bff-default-page-edge"
  protocol_type = "HTTP"
  tags = {
    "virga:app"   = "bff"
    "virga:stage" = "default"
    "virga:node"  = "page.edge"
  }
}

resource "aws_cloudwatch_log_group" "page_edge_access_log" {
  name              = "/aws/vendedlogs/apigateway/bff-default-page-edge"
  retention_in_days = 30
  tags = {
    "virga:app"   = "bff"
    "virga:stage" = "default"
    "virga:node"  = "page.edge"
  }
}

resource "aws_apigatewayv2_stage" "page_edge_stage" {
  api_id      = aws_apigatewayv2_api.page_edge.id
  name        = "$default"
  auto_deploy = true
  tags = {
    "virga:app"   = "bff"
    "virga:stage" = "default"
    "virga:node"  = "page.edge"
  }

  access_log_settings {
    destination_arn = "${aws_cloudwatch_log_group.page_edge_access_log.arn}:*"
    format          = "{\"requestId\":\"$context.requestId\",\"time\":\"$context.requestTime\",\"ip\":\"$context.identity.sourceIp\",\"route\":\"$context.routeKey\",\"status\":\"$context.status\",\"latency\":\"$context.responseLatency\",\"error\":\"$context.integrationErrorMessage\"}"
  }

  default_route_settings {
    throttling_rate_limit  = 50
    throttling_burst_limit = 50
  }
}

resource "aws_apigatewayv2_integration" "page_edge_to_page_handler" {
  api_id                 = aws_apigatewayv2_api.page_edge.id
  integration_type       = "AWS_PROXY"
  integration_uri        = aws_lambda_function.page_handler.arn
  payload_format_version = "2.0"
  timeout_milliseconds   = 30000
}

resource "aws_apigatewayv2_route" "page_edge_any_path" {
  api_id             = aws_apigatewayv2_api.page_edge.id
  route_key          = "ANY /{path+}"
  authorization_type = "NONE"
  target             = "integrations/${aws_apigatewayv2_integration.page_edge_to_page_handler.id}"
}

resource "aws_apigatewayv2_route" "page_edge_any" {
  api_id             = aws_apigatewayv2_api.page_edge.id
  route_key          = "ANY /"
  authorization_type = "NONE"
  target             = "integrations/${aws_apigatewayv2_integration.page_edge_to_page_handler.id}"
}

resource "aws_cloudwatch_log_group" "page_handler_logs" {
  name              = "/aws/lambda/bff-default-page-handler"
  retention_in_days = 30
  tags = {
    "virga:app"   = "bff"
    "virga:stage" = "default"
    "virga:node"  = "page.handler"
  }
}

resource "aws_lambda_function" "page_handler" {
  function_name    = "bff-default-page-handler"
  runtime          = "python3.12"
  handler          = "page.handler"
  filename         = "${path.module}/code/page-handler-5158feedbfaa.zip"
  source_code_hash = filebase64sha256("${path.module}/code/page-handler-5158feedbfaa.zip")
  role             = aws_iam_role.page_handler_role.arn
  architectures    = ["x86_64"]
  memory_size      = 512
  timeout          = 10
  tags = {
    "virga:app"   = "bff"
    "virga:stage" = "default"
    "virga:node"  = "page.handler"
  }

  ephemeral_storage {
    size = 512
  }

  tracing_config {
    mode = "PassThrough"
  }

  logging_config {
    log_group  = aws_cloudwatch_log_group.page_handler_logs.name
    log_format = "Text"
  }

  environment {
    variables = {
      PRICES_FUNCTION_NAME = aws_lambda_function.prices.function_name
      STOCK_FUNCTION_NAME  = aws_lambda_function.stock.function_name
    }
  }

  depends_on = [aws_iam_role_policy.page_handler_role]
}

resource "aws_lambda_permission" "page_handler_from_page_edge_permission" {
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.page_handler.function_name
  principal     = "apigateway.amazonaws.com"
  source_arn    = "arn:${data.aws_partition.current.partition}:execute-api:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:${aws_apigatewayv2_api.page_edge.id}/*/*"
  statement_id  = "PageHandlerFromPageEdgePermission"
}

resource "aws_iam_role" "page_handler_role" {
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
    "virga:app"   = "bff"
    "virga:stage" = "default"
    "virga:node"  = "page.handler"
  }
}

resource "aws_iam_role_policy" "page_handler_role" {
  role = aws_iam_role.page_handler_role.name
  name = "edges"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "${aws_cloudwatch_log_group.page_handler_logs.arn}:*"
      },
      {
        Effect   = "Allow"
        Action   = "lambda:InvokeFunction"
        Resource = [aws_lambda_function.prices.arn, aws_lambda_function.stock.arn]
      },
    ]
  })
}
