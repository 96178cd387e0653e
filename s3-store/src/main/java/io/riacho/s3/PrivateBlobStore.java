package io.riacho.s3;

import java.io.InputStream;
import org.gaul.s3proxy.S3ErrorCode;
import org.gaul.s3proxy.S3ProxyException;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.blobstore.ForwardingBlobStore;
import org.gaul.s3proxy.blobstore.domain.MultipartUpload;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.BucketCannedACL;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CopyObjectResponse;
import software.amazon.awssdk.services.s3.model.CreateBucketRequest;
import software.amazon.awssdk.services.s3.model.CreateBucketResponse;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.ObjectCannedACL;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

/** All buckets and objects are their owner's alone, as new buckets are in S3: there is nothing that anybody may read. */
final class PrivateBlobStore extends ForwardingBlobStore {

    PrivateBlobStore(BlobStore store) {
        super(store);
    }

    @Override
    public CreateBucketResponse createContainer(CreateBucketRequest request) {
        refusePublic(request.acl() != null && request.acl() != BucketCannedACL.PRIVATE);
        return super.createContainer(request);
    }

    @Override
    public BucketCannedACL getContainerAccess(String container) {
        super.getContainerAccess(container);
        return BucketCannedACL.PRIVATE;
    }

    @Override
    public void setContainerAccess(String container, BucketCannedACL access) {
        refusePublic(access != BucketCannedACL.PRIVATE);
        super.setContainerAccess(container, access);
    }

    @Override
    public PutObjectResponse putBlob(PutObjectRequest request, InputStream payload) {
        refusePublic(isPublic(request.acl()));
        return super.putBlob(request, payload);
    }

    @Override
    public CopyObjectResponse copyBlob(CopyObjectRequest request) {
        refusePublic(isPublic(request.acl()));
        return super.copyBlob(request);
    }

    @Override
    public MultipartUpload initiateMultipartUpload(CreateMultipartUploadRequest request) {
        refusePublic(isPublic(request.acl()));
        return super.initiateMultipartUpload(request);
    }

    @Override
    public ObjectCannedACL getBlobAccess(String container, String name) {
        super.getBlobAccess(container, name);
        return ObjectCannedACL.PRIVATE;
    }

    @Override
    public ObjectCannedACL getBlobAccess(String container, String name, @Nullable String versionId) {
        super.getBlobAccess(container, name, versionId);
        return ObjectCannedACL.PRIVATE;
    }

    @Override
    public void setBlobAccess(String container, String name, ObjectCannedACL access) {
        refusePublic(isPublic(access));
        super.setBlobAccess(container, name, access);
    }

    @Override
    public void setBlobAccess(String container, String name, ObjectCannedACL access, @Nullable String versionId) {
        refusePublic(isPublic(access));
        super.setBlobAccess(container, name, access, versionId);
    }

    private static boolean isPublic(@Nullable ObjectCannedACL access) {
        return access != null
                && access != ObjectCannedACL.PRIVATE
                && access != ObjectCannedACL.BUCKET_OWNER_FULL_CONTROL;
    }

    private static void refusePublic(boolean isPublic) {
        if (isPublic) {
            throw new S3ProxyException(S3ErrorCode.NOT_IMPLEMENTED, "This store's buckets and objects are private.");
        }
    }
}
