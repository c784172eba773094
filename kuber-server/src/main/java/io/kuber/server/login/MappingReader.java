package io.kuber.server.login;

import io.kuber.object.Tree;
import io.kuber.resource.FieldPath;
import io.kuber.resource.Problems;
import io.kuber.resource.StrictFields;
import io.kuber.resource.check.Texts;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads {@code jwt[].claimMappings}. Owned by one call. */
final class MappingReader {
  private static final String CLAIM = "claim";
  private static final String PREFIX = "prefix";
  private static final String EXPRESSION = "expression";
  private static final String VALUE = "valueExpression";
  private static final String BOTH = "claim and expression can't both be set";
  private static final List<String> RESERVED = List.of("kubernetes.io", "k8s.io");

  private final Problems problems;
  private final StrictFields fields;
  private final ExpressionReader expressions;
  private boolean seesVerifiedEmail;

  MappingReader(Problems problems, boolean seesVerifiedEmail) {
    this.problems = problems;
    this.fields = new StrictFields(problems);
    this.expressions = new ExpressionReader(problems);
    this.seesVerifiedEmail = seesVerifiedEmail;
  }

  /** The mapping; none where nothing says what users are called. */
  Optional<ClaimMapping> mapping(Tree mapping, FieldPath at) {
    fields.known(mapping, Set.of("username", "groups", "uid", "extra"), at);
    Tree name = fields.tree(mapping, "username", at);
    FieldPath named = at.child("username");
    if (name.text(CLAIM).isEmpty() && name.text(EXPRESSION).isEmpty()) {
      problems.required(named, "claim or expression is required");
    }
    ClaimSource username = prefixed(name, named);
    ClaimSource groups = prefixed(fields.tree(mapping, "groups", at), at.child("groups"));
    ClaimSource uid = uid(fields.tree(mapping, "uid", at), at.child("uid"));
    Map<String, ClaimExpression> extra = extra(mapping, at);
    if (username instanceof ClaimSource.Computed computed
        && computed.expression().usesClaim(ClaimSource.EMAIL)
        && !computed.expression().usesClaim(ClaimSource.EMAIL_VERIFIED)
        && !seesVerifiedEmail) {
      problems.invalid(
          named.child(EXPRESSION),
          computed.expression().text(),
          "claims.email_verified must be used in claimMappings.username.expression or"
              + " claimMappings.extra[*].valueExpression or claimValidationRules[*].expression"
              + " when claims.email is used in claimMappings.username.expression");
    }
    return username == ClaimSource.NONE
        ? Optional.empty()
        : Optional.of(new ClaimMapping(username, groups, uid, extra));
  }

  private ClaimSource prefixed(Tree source, FieldPath at) {
    fields.known(source, Set.of(CLAIM, PREFIX, EXPRESSION), at);
    String prefix = fields.text(source, PREFIX, at);
    ClaimSource found = source(source, prefix, at);
    if (found instanceof ClaimSource.Computed && source.has(PREFIX)) {
      problems.invalid(at.child(PREFIX), prefix, "may not be specified when expression is set");
    }
    if (found instanceof ClaimSource.Claim && !source.has(PREFIX)) {
      problems.required(
          at.child(PREFIX),
          "prefix is required when claim is set. It can be set to an empty string to disable"
              + " prefixing");
    }
    return found;
  }

  private ClaimSource uid(Tree source, FieldPath at) {
    fields.known(source, Set.of(CLAIM, EXPRESSION), at);
    return source(source, "", at);
  }

  private ClaimSource source(Tree source, String prefix, FieldPath at) {
    String claim = fields.text(source, CLAIM, at);
    String text = fields.text(source, EXPRESSION, at);
    if (!claim.isEmpty() && !text.isEmpty()) {
      problems.invalid(at, "", BOTH);
      return ClaimSource.NONE;
    }
    if (!claim.isEmpty()) {
      return new ClaimSource.Claim(claim, prefix);
    }
    return text.isEmpty()
        ? ClaimSource.NONE
        : expressions
            .ofClaims(text, at.child(EXPRESSION))
            .<ClaimSource>map(ClaimSource.Computed::new)
            .orElse(ClaimSource.NONE);
  }

  private Map<String, ClaimExpression> extra(Tree mapping, FieldPath mapped) {
    List<Tree> given = fields.trees(mapping, "extra", mapped);
    Set<String> seen = new HashSet<>();
    Map<String, ClaimExpression> extra = new LinkedHashMap<>();
    for (int i = 0; i < given.size(); i++) {
      FieldPath at = mapped.child("extra").index(i);
      fields.known(given.get(i), Set.of("key", VALUE), at);
      String key = fields.text(given.get(i), "key", at);
      String text = fields.text(given.get(i), VALUE, at);
      checkKey(key, at.child("key"));
      if (!seen.add(key)) {
        problems.duplicate(at.child("key"), key);
      } else if (text.isEmpty()) {
        problems.required(at.child(VALUE), "");
      } else {
        expressions.ofClaims(text, at.child(VALUE)).ifPresent(found -> extra.put(key, found));
      }
    }
    seesVerifiedEmail |=
        extra.values().stream().anyMatch(each -> each.usesClaim(ClaimSource.EMAIL_VERIFIED));
    return extra;
  }

  private void checkKey(String key, FieldPath at) {
    if (key.isEmpty()) {
      problems.required(at, "");
      return;
    }
    Texts.checkDomainPrefixedPath(at, key, problems);
    if (!key.equals(key.toLowerCase(Locale.ROOT))) {
      problems.invalid(at, key, "must be lowercase");
    }
    String domain = key.contains("/") ? key.substring(0, key.indexOf('/')) : "";
    if (RESERVED.stream().anyMatch(own -> domain.equals(own) || domain.endsWith("." + own))) {
      problems.invalid(
          at, key, "k8s.io, kubernetes.io and their subdomains are reserved for Kubernetes use");
    }
  }
}
