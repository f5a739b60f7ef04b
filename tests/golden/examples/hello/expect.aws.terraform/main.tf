# Made by Virga from the app hello, stage default. Change the .virga file, not this one.

# Says hello

resource "aws_cloudwatch_log_group" "greeter_logs" {
  name              = "/aws/lambda/hello-default-greeter"
  retention_in_days = 30
  tags = {
    "virga:app"   = "hello"
    "virga:stage" = "default"
    "virga:node"  = "greeter"
  }
}

resource "aws_lambda_function" "greeter" {
  function_name    = "hello-default-greeter"
  runtime          = "nodejs22.x"
  handler          = "greeter.handler"
  filename         = "${path.module}/code/greeter-5f7ddeb4d6be.zip"
  source_code_hash = filebase64sha256("${path.module}/code/greeter-5f7ddeb4d6be.zip")
  role             = aws_iam_role.greeter_role.arn
  architectures    = ["x86_64"]
  memory_size      = 128
  timeout          = 5
  tags = {
    "virga:app"   = "hello"
    "virga:stage" = "default"
    "virga:node"  = "greeter"
  }

  ephemeral_storage {
    size = 512
  }

  tracing_config {
    mode = "PassThrough"
  }

  logging_config {
    log_group  = aws_cloudwatch_log_group.greeter_logs.name
    log_format = "Text"
  }

  environment {
    variables = {
      GREETED = var.greeted
    }
  }

  depends_on = [aws_iam_role_policy.greeter_role]
}

resource "aws_lambda_function_url" "greeter_url" {
  function_name      = aws_lambda_function.greeter.function_name
  authorization_type = "NONE"
  invoke_mode        = "BUFFERED"
}

resource "aws_lambda_permission" "greeter_url_public_permissions" {
  action                 = "lambda:InvokeFunctionUrl"
  function_name          = aws_lambda_function.greeter.function_name
  principal              = "*"
  function_url_auth_type = "NONE"
  statement_id           = "GreeterUrlPublicPermissions"
}

resource "aws_lambda_permission" "greeter_u_r_l_invoke_allow_public_access" {
  action                   = "lambda:InvokeFunction"
  function_name            = aws_lambda_function.greeter.function_name
  principal                = "*"
  invoked_via_function_url = true
  statement_id             = "GreeterURLInvokeAllowPublicAccess"
}

resource "aws_iam_role" "greeter_role" {
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
    "virga:app"   = "hello"
    "virga:stage" = "default"
    "virga:node"  = "greeter"
  }
}

resource "aws_iam_role_policy" "greeter_role" {
  role = aws_iam_role.greeter_role.name
  name = "edges"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "${aws_cloudwatch_log_group.greeter_logs.arn}:*"
      },
    ]
  })
}
