package io.kuber.cli;

/**
 * An ingress controller that is none of kuber's: a pod that knows the API alone. It watches the
 * Ingresses of its namespace, leads what reaches its port 8080 to the Service of the last one of
 * class {@code foreign}, and writes its address into the status.
 */
final class ForeignController {
  static final String YAML =
      """
      apiVersion: networking.k8s.io/v1
      kind: IngressClass
      metadata: {name: foreign}
      spec: {controller: example.com/foreign}
      ---
      apiVersion: v1
      kind: ServiceAccount
      metadata: {name: foreign}
      ---
      apiVersion: rbac.authorization.k8s.io/v1
      kind: Role
      metadata: {name: foreign}
      rules:
      - {apiGroups: [networking.k8s.io], resources: [ingresses], verbs: [get, list, watch]}
      - {apiGroups: [networking.k8s.io], resources: [ingresses/status], verbs: [patch]}
      ---
      apiVersion: rbac.authorization.k8s.io/v1
      kind: RoleBinding
      metadata: {name: foreign}
      roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: foreign}
      subjects: [{kind: ServiceAccount, name: foreign}]
      ---
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: foreign}
      spec:
        selector: {matchLabels: {app: foreign}}
        template:
          metadata: {labels: {app: foreign}}
          spec:
            serviceAccountName: foreign
            terminationGracePeriodSeconds: 0
            containers:
            - name: controller
              image: kuber.io/host
              env: [{name: POD_IP, valueFrom: {fieldRef: {fieldPath: status.podIP}}}]
              command:
              - perl
              - -MJSON::PP
              - -e
              - |
                use IO::Socket::INET;
                sub lead {
                  my $listener =
                      IO::Socket::INET->new(LocalPort => 8080, Listen => 64, ReuseAddr => 1)
                      or die "no listener: $@";
                  $SIG{CHLD} = "IGNORE";
                  while (my $client = $listener->accept) {
                    next if fork();
                    my $pod = IO::Socket::INET->new(PeerAddr => $_[0]) or exit;
                    my $head = "";
                    while (my $line = <$client>) {
                      $head .= $line unless $line =~ /^connection:/i;
                      last if $line eq "\\r\\n";
                    }
                    $head =~ s/\\r\\n/\\r\\nConnection: close\\r\\n/;
                    print $pod $head;
                    $pod->flush;
                    print $client $_ while <$pod>;
                    exit;
                  }
                }
                my $at = "/var/run/secrets/kubernetes.io/serviceaccount";
                my $api = "https://kubernetes.default/apis/networking.k8s.io/v1/namespaces";
                my $curl = "curl -sN --cacert $at/ca.crt"
                    . " -H \\"Authorization: Bearer \\$(cat $at/token)\\"";
                my $server = 0;
                open(my $events, "-|", "$curl $api/\\$(cat $at/namespace)/ingresses?watch=true");
                while (my $line = <$events>) {
                  my $ingress = decode_json($line)->{object};
                  my ($meta, $spec) = ($ingress->{metadata}, $ingress->{spec});
                  next unless ($spec->{ingressClassName} // "") eq "foreign";
                  my $service = $spec->{rules}[0]{http}{paths}[0]{backend}{service};
                  if ($server) {
                    kill("TERM", $server);
                    waitpid($server, 0);
                  }
                  $server = fork();
                  lead("$service->{name}:$service->{port}{number}") unless $server;
                  my $status = {loadBalancer => {ingress => [{ip => $ENV{POD_IP}}]}};
                  my $patch = encode_json({status => $status});
                  system("$curl -X PATCH -H 'Content-Type: application/merge-patch+json'"
                      . " -d '$patch' $api/$meta->{namespace}/ingresses/$meta->{name}/status");
                }
      """;

  private ForeignController() {}
}
