package io.kuber.cli.command;

import io.kuber.cli.config.ApiConnection;
import io.kuber.cli.output.CommandFailure;
import io.kuber.json.Yaml;
import io.kuber.object.Tree;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;

/**
 * The sample Deployment and Service, seen from outside: through the API and through the network.
 */
final class SampleApplication {
  private static final String MANIFEST = "kuard.yaml";
  private static final String DEPLOYMENT = "/apis/apps/v1/namespaces/default/deployments/kuard";
  private static final String SERVICE = "/api/v1/namespaces/default/services/kuard";
  private static final String PODS = "/api/v1/namespaces/default/pods";
  private static final Duration PAGE_TIMEOUT = Duration.ofSeconds(3);

  private final ApiConnection api;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(PAGE_TIMEOUT)
          .build();

  SampleApplication(ApiConnection api) {
    this.api = api;
  }

  /** Creates what the manifest declares; what is there already stays. */
  void apply() throws IOException, InterruptedException {
    for (Tree object : manifest()) {
      try {
        api.create(collection(object), object);
      } catch (IOException e) {
        if (!String.valueOf(e.getMessage()).contains("already exists")) {
          throw e;
        }
      }
    }
  }

  private static List<Tree> manifest() throws IOException {
    try (InputStream manifest = SampleApplication.class.getResourceAsStream(MANIFEST)) {
      if (manifest == null) {
        throw new IOException("the sample manifest is missing from the jar");
      }
      return Yaml.parseTrees(manifest.readAllBytes());
    }
  }

  private static String collection(Tree object) {
    return object.text("kind").equals("Service")
        ? SERVICE.substring(0, SERVICE.lastIndexOf('/'))
        : DEPLOYMENT.substring(0, DEPLOYMENT.lastIndexOf('/'));
  }

  /** Waits until so many replicas are available. */
  void awaitAvailable(int replicas) throws InterruptedException {
    Patience.until(
        replicas + " available replicas of deployment kuard",
        () -> api.get(DEPLOYMENT).tree("status"),
        status ->
            status.number(0, "availableReplicas") == replicas
                && status.number(0, "replicas") == replicas);
  }

  void scale(int replicas) throws IOException, InterruptedException {
    api.patch(DEPLOYMENT + "/scale", Tree.of("spec", Tree.of("replicas", (long) replicas)));
  }

  /** The pods that are not on their way out. */
  List<Tree> pods() throws IOException, InterruptedException {
    return api.get(PODS + "?labelSelector=app%3Dkuard").items("items").trees().stream()
        .filter(pod -> pod.text("metadata", "deletionTimestamp").isEmpty())
        .toList();
  }

  /** The name of a pod that runs. */
  String runningPod() throws InterruptedException {
    List<Tree> running =
        Patience.until(
            "a running pod of kuard",
            () ->
                pods().stream()
                    .filter(pod -> pod.text("status", "phase").equals("Running"))
                    .toList(),
            pods -> !pods.isEmpty());
    return running.get(0).text("metadata", "name");
  }

  /** Deletes a pod and waits until another one stands in its place. */
  void replace(String pod) throws IOException, InterruptedException {
    api.delete(PODS + "/" + pod);
    Patience.until(
        "a pod that replaces " + pod,
        this::pods,
        pods ->
            pods.stream()
                .map(other -> other.text("metadata", "name"))
                .anyMatch(name -> !name.equals(pod)));
  }

  String logs(String pod) throws IOException, InterruptedException {
    return api.text(PODS + "/" + pod + "/log");
  }

  /** Runs a command in a pod and returns what it wrote. */
  String exec(String pod, String... command) throws InterruptedException {
    StringBuilder path = new StringBuilder(PODS + "/" + pod + "/exec?stdout=true&stderr=true");
    for (String word : command) {
      path.append("&command=").append(word);
    }
    return new ExecSession().run(api, path.toString());
  }

  /** The page through the address of the Service, which only this machine and its pods reach. */
  URI serviceAddress() throws IOException, InterruptedException {
    return URI.create("http://" + api.get(SERVICE).text("spec", "clusterIP") + "/");
  }

  /** The page through the port that the Service has on every node. */
  URI nodePort() throws IOException, InterruptedException {
    long port = api.get(SERVICE).items("spec", "ports").tree(0).number(0, "nodePort");
    return URI.create("http://localhost:" + port + "/");
  }

  /** Waits until the page can be read there. */
  void awaitPage(URI address) throws InterruptedException {
    Patience.until(
        "the page of kuard at " + address,
        () -> page(address),
        page -> page.contains("<html") && page.contains("kuard"));
  }

  private String page(URI address) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(address).timeout(PAGE_TIMEOUT).header("Accept", "text/html").build();
    HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
    if (response.statusCode() != 200) {
      throw new IOException(address + " answered " + response.statusCode());
    }
    return response.body();
  }

  /** Fails with what was expected and what was seen. */
  static void require(boolean holds, String expected, String seen) {
    if (!holds) {
      throw new CommandFailure("expected: " + expected + "; seen: " + seen);
    }
  }
}
