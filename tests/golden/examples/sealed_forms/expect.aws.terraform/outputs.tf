# Made by Virga from the app sealed_forms, stage default. Change the .virga file, not this one.

output "address" {
  value = "https://${aws_api_gateway_rest_api.public.id}.execute-api.${data.aws_region.current.region}.${data.aws_partition.current.dns_suffix}/live"
}
