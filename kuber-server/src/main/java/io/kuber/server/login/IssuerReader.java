package io.kuber.server.login;

import io.kuber.object.Tree;
import io.kuber.resource.FieldPath;
import io.kuber.resource.Problems;
import io.kuber.resource.StrictFields;
import io.kuber.server.trust.AuthorityFile;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLContext;

/**
 * Reads {@code jwt[].issuer}. Owned by one call.
 *
 * @param problems where it complains
 * @param taken who makes tokens already
 */
record IssuerReader(Problems problems, Set<String> taken) {
  private static final String ANY = "MatchAny";
  private static final String MATCHING = "audienceMatchPolicy";
  private static final String EGRESS = "egressSelectorType";
  private static final Set<String> KNOWN =
      Set.of("url", "discoveryURL", "certificateAuthority", "audiences", MATCHING, EGRESS);

  /** Copies the set. */
  IssuerReader {
    taken = Set.copyOf(taken);
  }

  /** The issuer, where nothing is wrong with it. */
  Optional<OpenIdIssuer> issuer(Tree issuer, FieldPath at) {
    StrictFields fields = new StrictFields(problems);
    fields.known(issuer, KNOWN, at);
    String url = fields.text(issuer, "url", at);
    if (url.isEmpty()) {
      problems.required(at.child("url"), "");
    } else if (taken.contains(url)) {
      problems.invalid(
          at.child("url"), url, "URL must not overlap with disallowed issuers: " + taken);
    }
    Optional<URI> name = url(url, at.child("url"));
    String other = fields.text(issuer, "discoveryURL", at);
    if (!other.isEmpty() && trimmed(other).equals(trimmed(url))) {
      problems.invalid(at.child("discoveryURL"), other, "discoveryURL must be different from URL");
    }
    Optional<URI> discovery =
        other.isEmpty() ? name.map(OpenIdIssuer::discovery) : url(other, at.child("discoveryURL"));
    List<String> audiences = fields.texts(issuer, "audiences", at);
    checkAudiences(audiences, fields.text(issuer, MATCHING, at), at);
    if (!fields.text(issuer, EGRESS, at).isEmpty()) {
      problems.invalid(
          at.child(EGRESS), issuer.text(EGRESS), "kuber has no egress selectors; leave it out");
    }
    String authority = fields.text(issuer, "certificateAuthority", at);
    Optional<SSLContext> tls = tls(authority, at.child("certificateAuthority"));
    return name.isPresent() && discovery.isPresent() && tls.isPresent()
        ? Optional.of(
            new OpenIdIssuer(name.get(), discovery.get(), audiences, authority, tls.get()))
        : Optional.empty();
  }

  private static String trimmed(String url) {
    return url.replaceAll("/+$", "");
  }

  private Optional<URI> url(String text, FieldPath at) {
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      URI url = new URI(text);
      check("https".equals(url.getScheme()), at, text, "URL scheme must be https");
      check(url.getHost() != null, at, text, "URL must contain a host");
      check(url.getUserInfo() == null, at, text, "URL must not contain a username or password");
      check(url.getQuery() == null, at, text, "URL must not contain a query");
      check(url.getFragment() == null, at, text, "URL must not contain a fragment");
      return Optional.of(url);
    } catch (URISyntaxException e) {
      problems.invalid(at, text, String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  private void check(boolean holds, FieldPath at, String value, String otherwise) {
    if (!holds) {
      problems.invalid(at, value, otherwise);
    }
  }

  private void checkAudiences(List<String> audiences, String matching, FieldPath at) {
    FieldPath list = at.child("audiences");
    if (audiences.isEmpty()) {
      problems.required(list, "at least one " + list + " is required");
      return;
    }
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < audiences.size(); i++) {
      if (audiences.get(i).isEmpty()) {
        problems.required(list.index(i), "");
      }
      if (!seen.add(audiences.get(i))) {
        problems.duplicate(list.index(i), audiences.get(i));
      }
    }
    if (audiences.size() > 1) {
      check(
          matching.equals(ANY),
          at.child(MATCHING),
          matching,
          "audienceMatchPolicy must be MatchAny for multiple audiences");
    } else {
      check(
          matching.isEmpty() || matching.equals(ANY),
          at.child(MATCHING),
          matching,
          "audienceMatchPolicy must be empty or MatchAny for single audience");
    }
  }

  private Optional<SSLContext> tls(String pem, FieldPath at) {
    try {
      return Optional.of(
          pem.isEmpty()
              ? AuthorityFile.context(Optional.empty())
              : AuthorityFile.context(pem.getBytes(StandardCharsets.UTF_8), at.toString()));
    } catch (IOException e) {
      problems.invalid(at, "<omitted>", String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }
}
