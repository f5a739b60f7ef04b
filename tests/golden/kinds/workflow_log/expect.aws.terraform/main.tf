# Made by Virga from the app logs, stage default. Change the .virga file, not this one.

resource "aws_cloudwatch_log_group" "worker_logs" {
  name              = "/aws/lambda/logs-default-worker"
  retention_in_days = 30
  tags = {
    "virga:app"   = "logs"
    "virga:stage" = "default"
    "virga:node"  = "worker"
  }
}

resource "aws_lambda_function" "worker" {
  function_name    = "logs-default-worker"
  runtime          = "nodejs20.x"
  handler          = "index.handler"
  filename         = "${path.module}/code/worker-0c5740e30622.zip"
  source_code_hash = filebase64sha256("${path.module}/code/worker-0c5740e30622.zip")
  role             = aws_iam_role.worker_role.arn
  architectures    = ["x86_64"]
  memory_size      = 512
  timeout          = 10
  tags = {
    "virga:app"   = "logs"
    "virga:stage" = "default"
    "virga:node"  = "worker"
  }

  ephemeral_storage {
    size = 512
  }

  tracing_config {
    mode = "PassThrough"
  }

  logging_config {
    log_group  = aws_cloudwatch_log_group.worker_logs.name
    log_format = "Text"
  }

  depends_on = [aws_iam_role_policy.worker_role]
}

resource "aws_iam_role" "worker_role" {
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
    "virga:app"   = "logs"
    "virga:stage" = "default"
    "virga:node"  = "worker"
  }
}

resource "aws_iam_role_policy" "worker_role" {
  role = aws_iam_role.worker_role.name
  name = "edges"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "${aws_cloudwatch_log_group.worker_logs.arn}:*"
      },
    ]
  })
}

resource "aws_sfn_state_machine" "quick" {
  name = "logs-default-quick"
  type = "EXPRESS"
  definition = jsonencode({
    StartAt = "Begin"
    States = {
      Begin = {
        Type = "Pass"
        Parameters = {
          "input.$" = "$"
          work      = {}
        }
        Next = "work"
      }
      work = {
        Type       = "Task"
        Resource   = aws_lambda_function.worker.arn
        ResultPath = "$.work"
        End        = true
      }
    }
  })
  role_arn = aws_iam_role.quick_role.arn
  tags = {
    "virga:app"   = "logs"
    "virga:stage" = "default"
    "virga:node"  = "quick"
  }

  tracing_configuration {
    enabled = true
  }

  logging_configuration {
    log_destination        = "${aws_cloudwatch_log_group.quick_logs.arn}:*"
    include_execution_data = true
    level                  = "ALL"
  }

  depends_on = [aws_iam_role_policy.quick_role]
}

resource "aws_cloudwatch_log_group" "quick_logs" {
  name              = "/aws/vendedlogs/states/logs-default-quick"
  retention_in_days = 7
  tags = {
    "virga:app"   = "logs"
    "virga:stage" = "default"
    "virga:node"  = "quick"
  }
}

resource "aws_iam_role" "quick_role" {
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
    "virga:app"   = "logs"
    "virga:stage" = "default"
    "virga:node"  = "quick"
  }
}

resource "aws_iam_role_policy" "quick_role" {
  role = aws_iam_role.quick_role.name
  name = "edges"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect = "Allow"
        Action = [
          "xray:GetSamplingRules",
          "xray:GetSamplingTargets",
          "xray:PutTelemetryRecords",
          "xray:PutTraceSegments",
        ]
        Resource = "*"
      },
      {
        Effect = "Allow"
        Action = [
          "logs:CreateLogDelivery",
          "logs:DeleteLogDelivery",
          "logs:DescribeLogGroups",
          "logs:DescribeResourcePolicies",
          "logs:GetLogDelivery",
          "logs:ListLogDeliveries",
          "logs:PutResourcePolicy",
          "logs:UpdateLogDelivery",
        ]
        Resource = "*"
      },
      {
        Effect   = "Allow"
        Action   = "lambda:InvokeFunction"
        Resource = aws_lambda_function.worker.arn
      },
    ]
  })
}

resource "aws_sfn_state_machine" "slow" {
  name = "logs-default-slow"
  type = "STANDARD"
  definition = jsonencode({
    StartAt = "Begin"
    States = {
      Begin = {
        Type = "Pass"
        Parameters = {
          "input.$" = "$"
          work      = {}
        }
        Next = "work"
      }
      work = {
        Type       = "Task"
        Resource   = aws_lambda_function.worker.arn
        ResultPath = "$.work"
        End        = true
      }
    }
  })
  role_arn = aws_iam_role.slow_role.arn
  tags = {
    "virga:app"   = "logs"
    "virga:stage" = "default"
    "virga:node"  = "slow"
  }

  tracing_configuration {
    enabled = false
  }

  logging_configuration {
    log_destination        = "${aws_cloudwatch_log_group.slow_logs.arn}:*"
    include_execution_data = false
    level                  = "FATAL"
  }

  depends_on = [aws_iam_role_policy.slow_role]
}

resource "aws_cloudwatch_log_group" "slow_logs" {
  name              = "/aws/vendedlogs/states/logs-default-slow"
  retention_in_days = 30
  tags = {
    "virga:app"   = "logs"
    "virga:stage" = "default"
    "virga:node"  = "slow"
  }
}

resource "aws_iam_role" "slow_role" {
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
    "virga:app"   = "logs"
    "virga:stage" = "default"
    "virga:node"  = "slow"
  }
}

resource "aws_iam_role_policy" "slow_role" {
  role = aws_iam_role.slow_role.name
  name = "edges"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect = "Allow"
        Action = [
          "logs:CreateLogDelivery",
          "logs:DeleteLogDelivery",
          "logs:DescribeLogGroups",
          "logs:DescribeResourcePolicies",
          "logs:GetLogDelivery",
          "logs:ListLogDeliveries",
          "logs:PutResourcePolicy",
          "logs:UpdateLogDelivery",
        ]
        Resource = "*"
      },
      {
        Effect   = "Allow"
        Action   = "lambda:InvokeFunction"
        Resource = aws_lambda_function.worker.arn
      },
    ]
  })
}
