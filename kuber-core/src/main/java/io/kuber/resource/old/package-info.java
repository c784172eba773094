/**
 * The API versions of the years before: what manifests of 2016 to 2021 name, with the defaults that
 * they had then.
 *
 * <p>Part of the catalogue. Each version is converted to the stored one of its kind and back (see
 * {@code docs/adr/0005-served-versions.md}); nothing behind the verbs knows of them. Pure, without
 * an owner thread. Start at {@link io.kuber.resource.old.OldVersions}, the list.
 */
@NullMarked
package io.kuber.resource.old;

import org.jspecify.annotations.NullMarked;
