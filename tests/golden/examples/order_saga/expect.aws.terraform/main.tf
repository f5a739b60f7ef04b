# Made by Virga from the app order_saga, stage default. Change the .virga file, not this one.

# Orders as a saga

data "aws_caller_identity" "current" {}

data "aws_region" "current" {}

data "aws_partition" "current" {}

resource "aws_apigatewayv2_api" "door" {
  name          = "order_saga-default-door"
  protocol_type = "HTTP"
  tags = {
    "virga:app"   = "order_saga"
    "virga:stage" = "default"
    "virga:node"  = "door"
  }
}

resource "aws_cloudwatch_log_group" "door_access_log" {
  name              = "/aws/vendedlogs/apigateway/order_saga-default-door"
  retention_in_days = 30
  tags = {
    "virga:app"   = "order_saga"
    "virga:stage" = "default"
    "virga:node"  = "door"
  }
}

resource "aws_apigatewayv2_stage" "door_stage" {
  api_id      = aws_apigatewayv2_api.door.id
  name        = "$default"
  auto_deploy = true
  tags = {
    "virga:app"   = "order_saga"
    "virga:stage" = "default"
    "virga:node"  = "door"
  }

  access_log_settings {
    destination_arn = "${aws_cloudwatch_log_group.door_access_log.arn}:*"
    format          = "{\"requestId\":\"$context.requestId\",\"time\":\"$context.requestTime\",\"ip\":\"$context.identity.sourceIp\",\"route\":\"$context.routeKey\",\"status\":\"$context.status\",\"latency\":\"$context.responseLatency\",\"error\":\"$context.integrationErrorMessage\"}"
  }

  default_route_settings {
    throttling_rate_limit  = 20
    throttling_burst_limit = 20
  }
}

resource "aws_apigatewayv2_integration" "door_to_intake" {
  api_id                 = aws_apigatewayv2_api.door.id
  integration_type       = "AWS_PROXY"
  integration_uri        = aws_lambda_function.intake.arn
  payload_format_version = "2.0"
  timeout_milliseconds   = 30000
}

resource "aws_apigatewayv2_route" "door_post_orders" {
  api_id             = aws_apigatewayv2_api.door.id
  route_key          = "POST /orders"
  authorization_type = "NONE"
  target             = "integrations/${aws_apigatewayv2_integration.door_to_intake.id}"
}

resource "aws_apigatewayv2_integration" "door_to_answer" {
  api_id                 = aws_apigatewayv2_api.door.id
  integration_type       = "AWS_PROXY"
  integration_uri        = aws_lambda_function.answer.arn
  payload_format_version = "2.0"
  timeout_milliseconds   = 30000
}

resource "aws_apigatewayv2_route" "door_post_payments" {
  api_id             = aws_apigatewayv2_api.door.id
  route_key          = "POST /payments"
  authorization_type = "NONE"
  target             = "integrations/${aws_apigatewayv2_integration.door_to_answer.id}"
}

resource "aws_cloudwatch_log_group" "intake_logs" {
  name              = "/aws/lambda/order_saga-default-intake"
  retention_in_days = 30
  tags = {
    "virga:app"   = "order_saga"
    "virga:stage" = "default"
    "virga:node"  = "intake"
  }
}

resource "aws_lambda_function" "intake" {
  function_name    = "order_saga-default-intake"
  runtime          = "python3.12"
  handler          = "door.orders"
  filename         = "${path.module}/code/intake-6061c211c6dd.zip"
  source_code_hash = filebase64sha256("${path.module}/code/intake-6061c211c6dd.zip")
  role             = aws_iam_role.intake_role.arn
  architectures    = ["x86_64"]
  memory_size      = 512
  timeout          = 10
  tags = {
    "virga:app"   = "order_saga"
    "virga:stage" = "default"
    "virga:node"  = "intake"
  }

  ephemeral_storage {
    size = 512
  }

  tracing_config {
    mode = "PassThrough"
  }

  logging_config {
    log_group  = aws_cloudwatch_log_group.intake_logs.name
    log_format = "Text"
  }

  environment {
    variables = {
      ORDERS_FLOW_WORKFLOW_ARN = aws_sfn_state_machine.orders_flow.arn
    }
  }

  depends_on = [aws_iam_role_policy.intake_role]
}

resource "aws_lambda_permission" "intake_from_door_permission" {
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.intake.function_name
  principal     = "apigateway.amazonaws.com"
  source_arn    = "arn:${data.aws_partition.current.partition}:execute-api:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:${aws_apigatewayv2_api.door.id}/*/*"
  statement_id  = "IntakeFromDoorPermission"
}

resource "aws_iam_role" "intake_role" {
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
    "virga:app"   = "order_saga"
    "virga:stage" = "default"
    "virga:node"  = "intake"
  }
}

resource "aws_iam_role_policy" "intake_role" {
  role = aws_iam_role.intake_role.name
  name = "edges"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "${aws_cloudwatch_log_group.intake_logs.arn}:*"
      },
      {
        Effect   = "Allow"
        Action   = "states:StartExecution"
        Resource = aws_sfn_state_machine.orders_flow.arn
      },
    ]
  })
}

resource "aws_cloudwatch_log_group" "answer_logs" {
  name              = "/aws/lambda/order_saga-default-answer"
  retention_in_days = 30
  tags = {
    "virga:app"   = "order_saga"
    "virga:stage" = "default"
    "virga:node"  = "answer"
  }
}

resource "aws_lambda_function" "answer" {
  function_name    = "order_saga-default-answer"
  runtime          = "python3.12"
  handler          = "door.payments"
  filename         = "${path.module}/code/answer-6061c211c6dd.zip"
  source_code_hash = filebase64sha256("${path.module}/code/answer-6061c211c6dd.zip")
  role             = aws_iam_role.answer_role.arn
  architectures    = ["x86_64"]
  memory_size      = 512
  timeout          = 10
  tags = {
    "virga:app"   = "order_saga"
    "virga:stage" = "default"
    "virga:node"  = "answer"
  }

  ephemeral_storage {
    size = 512
  }

  tracing_config {
    mode = "PassThrough"
  }

  logging_config {
    log_group  = aws_cloudwatch_log_group.answer_logs.name
    log_format = "Text"
  }

  environment {
    variables = {
      ORDERS_FLOW_WORKFLOW_ARN = aws_sfn_state_machine.orders_flow.arn
    }
  }

  depends_on = [aws_iam_role_policy.answer_role]
}

resource "aws_lambda_permission" "answer_from_door_permission" {
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.answer.function_name
  principal     = "apigateway.amazonaws.com"
  source_arn    = "arn:${data.aws_partition.current.partition}:execute-api:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:${aws_apigatewayv2_api.door.id}/*/*"
  statement_id  = "AnswerFromDoorPermission"
}

resource "aws_iam_role" "answer_role" {
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
    "virga:app"   = "order_saga"
    "virga:stage" = "default"
    "virga:node"  = "answer"
  }
}

resource "aws_iam_role_policy" "answer_role" {
  role = aws_iam_role.answer_role.name
  name = "edges"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "${aws_cloudwatch_log_group.answer_logs.arn}:*"
      },
      {
        Effect   = "Allow"
        Action   = ["states:SendTaskFailure", "states:SendTaskHeartbeat", "states:SendTaskSuccess"]
        Resource = aws_sfn_state_machine.orders_flow.arn
      },
    ]
  })
}

resource "aws_cloudwatch_log_group" "stock_logs" {
  name              = "/aws/lambda/order_saga-default-stock"
  retention_in_days = 30
  tags = {
    "virga:app"   = "order_saga"
    "virga:stage" = "default"
    "virga:node"  = "stock"
  }
}

resource "aws_lambda_function" "stock" {
  function_name    = "order_saga-default-stock"
  runtime          = "python3.12"
  handler          = "steps.reserve"
  filename         = "${path.module}/code/stock-6061c211c6dd.zip"
  source_code_hash = filebase64sha256("${path.module}/code/stock-6061c211c6dd.zip")
  role             = aws_iam_role.stock_role.arn
  architectures    = ["x86_64"]
  memory_size      = 512
  timeout          = 10
  tags = {
    "virga:app"   = "order_saga"
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
    "virga:app"   = "order_saga"
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

resource "aws_cloudwatch_log_group" "restock_logs" {
  name              = "/aws/lambda/order_saga-default-restock"
  retention_in_days = 30
  tags = {
    "virga:app"   = "order_saga"
    "virga:stage" = "default"
    "virga:node"  = "restock"
  }
}

resource "aws_lambda_function" "restock" {
  function_name    = "order_saga-default-restock"
  runtime          = "python3.12"
  handler          = "steps.release"
  filename         = "${path.module}/code/restock-6061c211c6dd.zip"
  source_code_hash = filebase64sha256("${path.module}/code/restock-6061c211c6dd.zip")
  role             = aws_iam_role.restock_role.arn
  architectures    = ["x86_64"]
  memory_size      = 512
  timeout          = 10
  tags = {
    "virga:app"   = "order_saga"
    "virga:stage" = "default"
    "virga:node"  = "restock"
  }

  ephemeral_storage {
    size = 512
  }

  tracing_config {
    mode = "PassThrough"
  }

  logging_config {
    log_group  = aws_cloudwatch_log_group.restock_logs.name
    log_format = "Text"
  }

  depends_on = [aws_iam_role_policy.restock_role]
}

resource "aws_iam_role" "restock_role" {
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
    "virga:app"   = "order_saga"
    "virga:stage" = "default"
    "virga:node"  = "restock"
  }
}

resource "aws_iam_role_policy" "restock_role" {
  role = aws_iam_role.restock_role.name
  name = "edges"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "${aws_cloudwatch_log_group.restock_logs.arn}:*"
      },
    ]
  })
}

resource "aws_cloudwatch_log_group" "asker_logs" {
  name              = "/aws/lambda/order_saga-default-asker"
  retention_in_days = 30
  tags = {
    "virga:app"   = "order_saga"
    "virga:stage" = "default"
    "virga:node"  = "asker"
  }
}

resource "aws_lambda_function" "asker" {
  function_name    = "order_saga-default-asker"
  runtime          = "python3.12"
  handler          = "steps.ask"
  filename         = "${path.module}/code/asker-6061c211c6dd.zip"
  source_code_hash = filebase64sha256("${path.module}/code/asker-6061c211c6dd.zip")
  role             = aws_iam_role.asker_role.arn
  architectures    = ["x86_64"]
  memory_size      = 512
  timeout          = 10
  tags = {
    "virga:app"   = "order_saga"
    "virga:stage" = "default"
    "virga:node"  = "asker"
  }

  ephemeral_storage {
    size = 512
  }

  tracing_config {
    mode = "PassThrough"
  }

  logging_config {
    log_group  = aws_cloudwatch_log_group.asker_logs.name
    log_format = "Text"
  }

  environment {
    variables = {
      BANK_URL = var.bank_url
    }
  }

  depends_on = [aws_iam_role_policy.asker_role]
}

resource "aws_iam_role" "asker_role" {
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
    "virga:app"   = "order_saga"
    "virga:stage" = "default"
    "virga:node"  = "asker"
  }
}

resource "aws_iam_role_policy" "asker_role" {
  role = aws_iam_role.asker_role.name
  name = "edges"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "${aws_cloudwatch_log_group.asker_logs.arn}:*"
      },
    ]
  })
}

resource "aws_cloudwatch_log_group" "refund_logs" {
  name              = "/aws/lambda/order_saga-default-refund"
  retention_in_days = 30
  tags = {
    "virga:app"   = "order_saga"
    "virga:stage" = "default"
    "virga:node"  = "refund"
  }
}

resource "aws_lambda_function" "refund" {
  function_name    = "order_saga-default-refund"
  runtime          = "python3.12"
  handler          = "steps.refund"
  filename         = "${path.module}/code/refund-6061c211c6dd.zip"
  source_code_hash = filebase64sha256("${path.module}/code/refund-6061c211c6dd.zip")
  role             = aws_iam_role.refund_role.arn
  architectures    = ["x86_64"]
  memory_size      = 512
  timeout          = 10
  tags = {
    "virga:app"   = "order_saga"
    "virga:stage" = "default"
    "virga:node"  = "refund"
  }

  ephemeral_storage {
    size = 512
  }

  tracing_config {
    mode = "PassThrough"
  }

  logging_config {
    log_group  = aws_cloudwatch_log_group.refund_logs.name
    log_format = "Text"
  }

  environment {
    variables = {
      BANK_URL = var.bank_url
    }
  }

  depends_on = [aws_iam_role_policy.refund_role]
}

resource "aws_iam_role" "refund_role" {
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
    "virga:app"   = "order_saga"
    "virga:stage" = "default"
    "virga:node"  = "refund"
  }
}

resource "aws_iam_role_policy" "refund_role" {
  role = aws_iam_role.refund_role.name
  name = "edges"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "${aws_cloudwatch_log_group.refund_logs.arn}:*"
      },
    ]
  })
}

resource "aws_cloudwatch_log_group" "depot_logs" {
  name              = "/aws/lambda/order_saga-default-depot"
  retention_in_days = 30
  tags = {
    "virga:app"   = "order_saga"
    "virga:stage" = "default"
    "virga:node"  = "depot"
  }
}

resource "aws_lambda_function" "depot" {
  function_name    = "order_saga-default-depot"
  runtime          = "python3.12"
  handler          = "steps.ship"
  filename         = "${path.module}/code/depot-6061c211c6dd.zip"
  source_code_hash = filebase64sha256("${path.module}/code/depot-6061c211c6dd.zip")
  role             = aws_iam_role.depot_role.arn
  architectures    = ["x86_64"]
  memory_size      = 512
  timeout          = 20
  tags = {
    "virga:app"   = "order_saga"
    "virga:stage" = "default"
    "virga:node"  = "depot"
  }

  ephemeral_storage {
    size = 512
  }

  tracing_config {
    mode = "PassThrough"
  }

  logging_config {
    log_group  = aws_cloudwatch_log_group.depot_logs.name
    log_format = "Text"
  }

  depends_on = [aws_iam_role_policy.depot_role]
}

resource "aws_iam_role" "depot_role" {
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
    "virga:app"   = "order_saga"
    "virga:stage" = "default"
    "virga:node"  = "depot"
  }
}

resource "aws_iam_role_policy" "depot_role" {
  role = aws_iam_role.depot_role.name
  name = "edges"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "${aws_cloudwatch_log_group.depot_logs.arn}:*"
      },
    ]
  })
}

resource "aws_cloudwatch_log_group" "desk_logs" {
  name              = "/aws/lambda/order_saga-default-desk"
  retention_in_days = 30
  tags = {
    "virga:app"   = "order_saga"
    "virga:stage" = "default"
    "virga:node"  = "desk"
  }
}

resource "aws_lambda_function" "desk" {
  function_name    = "order_saga-default-desk"
  runtime          = "python3.12"
  handler          = "steps.tell"
  filename         = "${path.module}/code/desk-6061c211c6dd.zip"
  source_code_hash = filebase64sha256("${path.module}/code/desk-6061c211c6dd.zip")
  role             = aws_iam_role.desk_role.arn
  architectures    = ["x86_64"]
  memory_size      = 512
  timeout          = 10
  tags = {
    "virga:app"   = "order_saga"
    "virga:stage" = "default"
    "virga:node"  = "desk"
  }

  ephemeral_storage {
    size = 512
  }

  tracing_config {
    mode = "PassThrough"
  }

  logging_config {
    log_group  = aws_cloudwatch_log_group.desk_logs.name
    log_format = "Text"
  }

  depends_on = [aws_iam_role_policy.desk_role]
}

resource "aws_lambda_function_event_invoke_config" "desk_event_invoke_config" {
  function_name                = aws_lambda_function.desk.function_name
  qualifier                    = "$LATEST"
  maximum_retry_attempts       = 2
  maximum_event_age_in_seconds = 21600
}

resource "aws_iam_role" "desk_role" {
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
    "virga:app"   = "order_saga"
    "virga:stage" = "default"
    "virga:node"  = "desk"
  }
}

resource "aws_iam_role_policy" "desk_role" {
  role = aws_iam_role.desk_role.name
  name = "edges"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "${aws_cloudwatch_log_group.desk_logs.arn}:*"
      },
    ]
  })
}

resource "aws_sfn_state_machine" "orders_flow" {
  name = "order_saga-default-orders-flow"
  type = "STANDARD"
  definition = jsonencode({
    Comment = "Reserve, be paid, ship; undone when it fails"
    StartAt = "Begin"
    States = {
      Begin = {
        Type = "Pass"
        Parameters = {
          "input.$"    = "$"
          reserve      = {}
          pay          = {}
          ship         = {}
          undo_pay     = {}
          error        = {}
          undo_reserve = {}
        }
        Next = "reserve"
      }
      reserve = {
        Type           = "Task"
        Resource       = aws_lambda_function.stock.arn
        ResultPath     = "$.reserve"
        TimeoutSeconds = 30
        Retry = [
          {
            ErrorEquals     = ["States.ALL"]
            IntervalSeconds = 1
            MaxAttempts     = 2
            BackoffRate     = 2
          },
        ]
        Catch = [
          {
            ErrorEquals = ["States.ALL"]
            ResultPath  = "$.error"
            Next        = "tell"
          },
        ]
        Next = "pay"
      }
      pay = {
        Type     = "Task"
        Resource = "arn:${data.aws_partition.current.partition}:states:::lambda:invoke.waitForTaskToken"
        Parameters = {
          FunctionName = aws_lambda_function.asker.arn
          Payload = {
            "token.$"        = "$$.Task.Token"
            "input.$"        = "$.input"
            "reserve.$"      = "$.reserve"
            "pay.$"          = "$.pay"
            "ship.$"         = "$.ship"
            "undo_pay.$"     = "$.undo_pay"
            "error.$"        = "$.error"
            "undo_reserve.$" = "$.undo_reserve"
          }
        }
        ResultPath     = "$.pay"
        TimeoutSeconds = 172800
        Retry = [
          {
            ErrorEquals     = ["States.ALL"]
            IntervalSeconds = 1
            MaxAttempts     = 2
            BackoffRate     = 2
          },
        ]
        Catch = [
          {
            ErrorEquals = ["States.ALL"]
            ResultPath  = "$.error"
            Next        = "undo_reserve"
          },
        ]
        Next = "ship"
      }
      ship = {
        Type       = "Task"
        Resource   = aws_lambda_function.depot.arn
        ResultPath = "$.ship"
        Retry = [
          {
            ErrorEquals     = ["States.ALL"]
            IntervalSeconds = 1
            MaxAttempts     = 5
            BackoffRate     = 2
          },
        ]
        Catch = [
          {
            ErrorEquals = ["States.ALL"]
            ResultPath  = "$.error"
            Next        = "undo_pay"
          },
        ]
        End = true
      }
      undo_pay = {
        Type       = "Task"
        Resource   = aws_lambda_function.refund.arn
        ResultPath = "$.undo_pay"
        Retry = [
          {
            ErrorEquals     = ["States.ALL"]
            IntervalSeconds = 5
            MaxAttempts     = 8
            BackoffRate     = 2
          },
        ]
        Catch = [
          {
            ErrorEquals = ["States.ALL"]
            ResultPath  = "$.error"
            Next        = "undo_reserve"
          },
        ]
        Next = "undo_reserve"
      }
      undo_reserve = {
        Type       = "Task"
        Resource   = aws_lambda_function.restock.arn
        ResultPath = "$.undo_reserve"
        Retry = [
          {
            ErrorEquals     = ["States.ALL"]
            IntervalSeconds = 5
            MaxAttempts     = 8
            BackoffRate     = 2
          },
        ]
        Catch = [
          {
            ErrorEquals = ["States.ALL"]
            ResultPath  = "$.error"
            Next        = "tell"
          },
        ]
        Next = "tell"
      }
      tell = {
        Type     = "Task"
        Resource = "arn:${data.aws_partition.current.partition}:states:::lambda:invoke"
        Parameters = {
          FunctionName   = aws_lambda_function.desk.arn
          InvocationType = "Event"
          "Payload.$"    = "$"
        }
        ResultPath = null
        Next       = "Fail 3"
      }
      "Fail 3" = {
        Type      = "Fail"
        ErrorPath = "$.error.Error"
        CausePath = "$.error.Cause"
      }
    }
  })
  role_arn = aws_iam_role.orders_flow_role.arn
  tags = {
    "virga:app"   = "order_saga"
    "virga:stage" = "default"
    "virga:node"  = "orders.flow"
  }

  tracing_configuration {
    enabled = false
  }

  depends_on = [aws_iam_role_policy.orders_flow_role]
}

resource "aws_iam_role" "orders_flow_role" {
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect = "Allow"
        Principal = {
          Service = "states.amazonaws.com"
        }
        Action = "sts:AssumeRole"
      },
    ]
  })
  tags = {
    "virga:app"   = "order_saga"
    "virga:stage" = "default"
    "virga:node"  = "orders.flow"
  }
}

resource "aws_iam_role_policy" "orders_flow_role" {
  role = aws_iam_role.orders_flow_role.name
  name = "edges"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect = "Allow"
        Action = "lambda:InvokeFunction"
        Resource = [
          aws_lambda_function.stock.arn,
          aws_lambda_function.restock.arn,
          aws_lambda_function.asker.arn,
          aws_lambda_function.refund.arn,
          aws_lambda_function.depot.arn,
          aws_lambda_function.desk.arn,
        ]
      },
    ]
  })
}
