package io.kuber.api;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kuber.resource.ResourceType;
import io.kuber.resource.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Objects that are refused, and the words in which they are. */
class ValidationTest {
  private final TestApi api = new TestApi();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "{metadata: {name: a}} | Pod \"a\" is invalid: spec.containers: Required value",
        "{metadata: {}, spec: {containers: [{name: c, image: i}]}} |"
            + " Pod \"\" is invalid: metadata.name: Required value: name or generateName is"
            + " required",
        "{metadata: {name: a}, spec: {containers: [{name: c}]}} |"
            + " Pod \"a\" is invalid: spec.containers[0].image: Required value",
        "{metadata: {name: a}, spec: {containers: [{name: c, image: i}, {name: c, image: i}]}} |"
            + " Pod \"a\" is invalid: spec.containers[1].name: Duplicate value: \"c\"",
        "{metadata: {name: a}, spec: {restartPolicy: Maybe, containers: [{name: c, image: i}]}} |"
            + " Pod \"a\" is invalid: spec.restartPolicy: Unsupported value: \"Maybe\": supported"
            + " values: \"Always\", \"OnFailure\", \"Never\"",
        "{metadata: {name: a}, spec: {containers: [{name: c, image: i, volumeMounts: [{name: v,"
            + " mountPath: /v}]}]}} | Pod \"a\" is invalid: spec.containers[0].volumeMounts[0].name:"
            + " Not found: \"v\"",
        "{metadata: {name: a}, spec: {containers: [{name: c, image: i, resources: {requests: {cpu:"
            + " '2'}, limits: {cpu: '1'}}}]}} | Pod \"a\" is invalid:"
            + " spec.containers[0].resources.requests: Invalid value: \"2\": must be less than or"
            + " equal to cpu limit of 1",
        "{metadata: {name: a}, spec: {nodeName: n1, schedulingGates: [{name: a.io/b}], containers:"
            + " [{name: c, image: i}]}} | Pod \"a\" is invalid: spec.nodeName: Forbidden: cannot be"
            + " set until all schedulingGates have been cleared",
        "{metadata: {name: a}, spec: {topologySpreadConstraints: [{maxSkew: 0, topologyKey: z,"
            + " whenUnsatisfiable: DoNotSchedule}], containers: [{name: c, image: i}]}} | Pod \"a\""
            + " is invalid: spec.topologySpreadConstraints[0].maxSkew: Invalid value: 0: must be"
            + " greater than zero",
        "{metadata: {name: a}, spec: {initContainers: [{name: d, image: i, readinessProbe: {exec:"
            + " {command: [x]}}}], containers: [{name: c, image: i}]}} | Pod \"a\" is invalid:"
            + " spec.initContainers[0].readinessProbe: Forbidden: may not be set for init containers"
            + " without restartPolicy=Always",
        "{metadata: {name: a}, spec: {volumes: [{name: v, nfs: {server: s, path: p}}], containers:"
            + " [{name: c, image: i}]}} | Pod \"a\" is invalid: spec.volumes[0].nfs.path: Invalid"
            + " value: \"p\": must be an absolute path",
        "{metadata: {name: a}, spec: {containers: [{name: c, image: i, ports: [{containerPort:"
            + " 70000}]}]}} | Pod \"a\" is invalid: spec.containers[0].ports[0].containerPort:"
            + " Invalid value: 70000: must be between 1 and 65535, inclusive"
      })
  void refusesPods(String pod, String message) {
    refuses(Resources.PODS, pod, message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "{metadata: {name: x}, spec: {replicas: -1, selector: {matchLabels: {a: b}}, template:"
            + " {metadata: {labels: {a: b}}, spec: {containers: [{name: c, image: i}]}}}} |"
            + " Deployment.apps \"x\" is invalid: spec.replicas: Invalid value: -1: must be greater"
            + " than or equal to 0",
        "{metadata: {name: x}, spec: {replicas: -1, template: {metadata: {labels: {a: b}}, spec:"
            + " {containers: [{name: c, image: i}]}}}} | Deployment.apps \"x\" is invalid:"
            + " [spec.replicas: Invalid value: -1: must be greater than or equal to 0,"
            + " spec.selector: Required value, spec.template.metadata.labels: Invalid value:"
            + " {\"a\":\"b\"}: `selector` does not match template `labels`]",
        "{metadata: {name: x}, spec: {selector: {matchLabels: {a: b}}, template: {metadata:"
            + " {labels: {a: c}}, spec: {containers: [{name: c, image: i}]}}}} | Deployment.apps"
            + " \"x\" is invalid: spec.template.metadata.labels: Invalid value: {\"a\":\"c\"}:"
            + " `selector` does not match template `labels`",
        "{metadata: {name: x}, spec: {selector: {matchLabels: {a: b}}, strategy: {type: Recreate,"
            + " rollingUpdate: {maxSurge: 1}}, template: {metadata: {labels: {a: b}}, spec:"
            + " {containers: [{name: c, image: i}]}}}} | Deployment.apps \"x\" is invalid:"
            + " spec.strategy.rollingUpdate: Forbidden: may not be specified when strategy `type`"
            + " is 'Recreate'"
      })
  void refusesDeployments(String deployment, String message) {
    refuses(Resources.DEPLOYMENTS, deployment, message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "{metadata: {name: s}, spec: {}} | Service \"s\" is invalid: spec.ports: Required value",
        "{metadata: {name: s}, spec: {ports: [{port: 80}, {port: 81}]}} | Service \"s\" is invalid:"
            + " [spec.ports[0].name: Required value, spec.ports[1].name: Required value]",
        "{metadata: {name: s}, spec: {ports: [{port: 80, nodePort: 30001}]}} | Service \"s\" is"
            + " invalid: spec.ports[0].nodePort: Forbidden: may not be used when `type` is"
            + " 'ClusterIP'",
        "{metadata: {name: s}, spec: {type: NodePort, ports: [{port: 80, nodePort: 80}]}} |"
            + " Service \"s\" is invalid: spec.ports[0].nodePort: Invalid value: 80: provided port"
            + " is not in the valid range. The range of valid ports is 30000-32767",
        "{metadata: {name: s}, spec: {clusterIP: 1.2.3.4, ports: [{port: 80}]}} | Service \"s\" is"
            + " invalid: spec.clusterIPs[0]: Invalid value: \"1.2.3.4\": failed to allocate IP"
            + " 1.2.3.4: the provided IP is not in the valid range. The range of valid IPs is"
            + " 10.96.0.0/12",
        "{metadata: {name: s}, spec: {type: ExternalName}} | Service \"s\" is invalid:"
            + " spec.externalName: Required value"
      })
  void refusesServices(String service, String message) {
    refuses(Resources.SERVICES, service, message);
  }

  private void refuses(ResourceType type, String object, String message) {
    assertThatThrownBy(() -> api.create(type, object)).hasMessage(message.strip());
  }
}
