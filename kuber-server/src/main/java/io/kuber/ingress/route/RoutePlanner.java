package io.kuber.ingress.route;

import com.google.re2j.PatternSyntaxException;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Makes the table of routes: pure, from Ingresses, their classes, Services and EndpointSlices. Of
 * two Ingresses that claim the same path of the same host the older one has it, then the one whose
 * name comes first.
 */
public final class RoutePlanner {
  /** Who serves an Ingress, before there was a field for it. */
  private static final String CLASS_ANNOTATION = "kubernetes.io/ingress.class";

  private static final String REWRITE = "nginx.ingress.kubernetes.io/rewrite-target";
  private static final String REDIRECT = "nginx.ingress.kubernetes.io/ssl-redirect";

  /** What a path has only where it is meant as an expression. */
  private static final Pattern EXPRESSION = Pattern.compile("[()\\[\\]*+?|^$\\\\]");

  private static final Comparator<KubeObject> OLDEST_FIRST =
      Comparator.comparing(KubeObject::createdAt)
          .thenComparing(KubeObject::namespace)
          .thenComparing(KubeObject::name);

  private final BackendFinder backends;
  private final Map<String, List<PathRule>> rules = new LinkedHashMap<>();
  private final Map<String, Destination> fallbacks = new LinkedHashMap<>();
  private final Map<String, String> secrets = new LinkedHashMap<>();
  private final Set<String> served = new LinkedHashSet<>();
  private final List<String> problems = new ArrayList<>();
  private Optional<Destination> fallback = Optional.empty();

  private RoutePlanner(BackendFinder backends) {
    this.backends = backends;
  }

  /**
   * The table for a controller.
   *
   * @param controller whose classes count ({@code spec.controller} of an IngressClass)
   * @param annotation the word that stands for it in the old annotation
   */
  public static RouteTable plan(
      String controller,
      String annotation,
      Collection<KubeObject> ingresses,
      Collection<KubeObject> classes,
      Collection<KubeObject> services,
      Collection<KubeObject> slices) {
    List<String> own =
        classes.stream()
            .filter(each -> each.spec().text("controller").equals(controller))
            .map(KubeObject::name)
            .toList();
    RoutePlanner planner = new RoutePlanner(new BackendFinder(services, slices));
    ingresses.stream()
        .filter(ingress -> isOurs(ingress, own, annotation))
        .sorted(OLDEST_FIRST)
        .forEach(planner::add);
    return planner.table();
  }

  private static boolean isOurs(KubeObject ingress, List<String> classes, String annotation) {
    String named = ingress.spec().text("ingressClassName");
    return named.isEmpty()
        ? annotation.equals(ingress.annotations().get(CLASS_ANNOTATION))
        : classes.contains(named);
  }

  private void add(KubeObject ingress) {
    served.add(nameOf(ingress));
    Set<String> secured = secure(ingress);
    Tree spec = ingress.spec();
    Optional<Destination> ownFallback =
        Optional.of(spec.tree("defaultBackend"))
            .filter(backend -> !backend.isEmpty())
            .map(backend -> destination(ingress, backend, Optional.empty(), false));
    for (Tree rule : spec.items("rules").trees()) {
      String host = rule.text("host").toLowerCase(Locale.ROOT);
      List<PathRule> site = rules.computeIfAbsent(host, any -> new ArrayList<>());
      for (Tree path : rule.items("http", "paths").trees()) {
        rule(ingress, path, secured.contains(host)).ifPresent(site::add);
      }
      ownFallback.ifPresent(destination -> fallbacks.putIfAbsent(host, destination));
    }
    if (fallback.isEmpty()) {
      fallback = ownFallback;
    }
  }

  /** Which hosts have certificates; without a list all hosts of the rules. */
  private Set<String> secure(KubeObject ingress) {
    Set<String> secured = new LinkedHashSet<>();
    for (Tree tls : ingress.spec().items("tls").trees()) {
      List<String> hosts = tls.items("hosts").texts();
      if (hosts.isEmpty()) {
        hosts =
            ingress.spec().items("rules").trees().stream().map(rule -> rule.text("host")).toList();
      }
      for (String host : hosts) {
        String small = host.toLowerCase(Locale.ROOT);
        secured.add(small);
        if (!tls.text("secretName").isEmpty()) {
          secrets.putIfAbsent(small, ingress.namespace() + "/" + tls.text("secretName"));
        }
      }
    }
    return secured;
  }

  private Optional<PathRule> rule(KubeObject ingress, Tree path, boolean isSecured) {
    String text = path.text("path").isEmpty() ? "/" : path.text("path");
    boolean redirects = isSecured && !"false".equalsIgnoreCase(ingress.annotations().get(REDIRECT));
    Optional<Rewrite> rewrite;
    try {
      rewrite =
          Optional.ofNullable(ingress.annotations().get(REWRITE))
              .map(target -> Rewrite.of(text, target));
    } catch (PatternSyntaxException e) {
      problems.add(
          nameOf(ingress) + ": the path \"" + text + "\" is no expression: " + e.getMessage());
      return Optional.empty();
    }
    Destination destination = destination(ingress, path.tree("backend"), rewrite, redirects);
    if (rewrite.isPresent() && EXPRESSION.matcher(text).find()) {
      return Optional.of(PathRule.expression(text, destination));
    }
    return Optional.of(
        path.text("pathType").equals("Exact")
            ? PathRule.exact(text, destination)
            : PathRule.prefix(text, destination));
  }

  private Destination destination(
      KubeObject ingress, Tree backend, Optional<Rewrite> rewrite, boolean redirects) {
    Tree service = backend.tree("service");
    Backend found =
        backends.find(
            ingress.namespace(),
            service.text("name"),
            service.tree("port"),
            problem -> problems.add(nameOf(ingress) + ": " + problem));
    return new Destination(nameOf(ingress), found, rewrite, redirects);
  }

  private RouteTable table() {
    Map<String, RouteTable.Site> sites = new LinkedHashMap<>();
    rules.forEach(
        (host, all) ->
            sites.put(host, new RouteTable.Site(all, Optional.ofNullable(fallbacks.get(host)))));
    return new RouteTable(sites, fallback, secrets, served, problems);
  }

  private static String nameOf(KubeObject object) {
    return object.namespace() + "/" + object.name();
  }
}
