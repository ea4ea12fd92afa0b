{{- define "eip.fullname" -}}{{ .Release.Name | trunc 40 | trimSuffix "-" }}{{- end }}

{{- define "eip.image" -}}
{{- with .Values.image -}}
{{ .repository }}{{ if .digest }}@{{ .digest }}{{ else }}:{{ .tag | default $.Chart.AppVersion }}{{ end }}
{{- end -}}
{{- end }}

{{- define "eip.selector" -}}
app.kubernetes.io/name: eip
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .name }}
{{- end }}

{{- define "eip.labels" -}}
{{ include "eip.selector" . }}
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .root.Chart.Name .root.Chart.Version }}
{{- end }}

{{- define "eip.secret" -}}
{{- if .root.Values.secrets.existing -}}
{{ .root.Values.secrets.existing }}{{ if eq .which "gateway" }}-gateway{{ end }}
{{- else -}}
{{ include "eip.fullname" .root }}{{ if eq .which "gateway" }}-gateway{{ end }}
{{- end -}}
{{- end }}

{{- define "eip.peers" -}}
{{- $root := .root -}}
{{- $peers := list -}}
{{- range .service.calls -}}
{{- if not (hasKey $root.Values.services .) -}}{{- fail (printf "services.%s calls %s, which is not among the services" $.name .) -}}{{- end -}}
{{- $peers = append $peers (printf "%s=http://%s-%s:8080" . (include "eip.fullname" $root) .) -}}
{{- end -}}
{{- join "," $peers -}}
{{- end }}
