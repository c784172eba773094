package io.kuber.access;

import io.kuber.access.TokenClaims.Ref;

/**
 * What a token says that a Secret keeps: it has no end but that of the Secret and of the account
 * (pkg/serviceaccount/legacy.go).
 *
 * @param namespace of the Secret and of the service account
 * @param secret the name of the Secret
 * @param account whose token it is
 */
public record SecretClaims(String namespace, String secret, Ref account) {}
