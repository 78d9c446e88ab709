/// Models in an OCI image layout: a folder with an index, manifests and blobs, each blob named by
/// its digest. No link in it is followed.
@NullMarked
package dev.vidimus.registry.layout;

import org.jspecify.annotations.NullMarked;
