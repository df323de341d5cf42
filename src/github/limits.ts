/** Items a page of a list may have. https://docs.github.com/rest/using-the-rest-api/using-pagination-in-the-rest-api */
export const PAGE_SIZE = 100;

/** Annotations one request may carry; updates append. https://docs.github.com/rest/checks/runs#update-a-check-run */
export const ANNOTATIONS_PER_REQUEST = 50;

/** Blobs larger than this are not analysed, so they are not downloaded either. */
export const MAX_BLOB_BYTES = 1_000_000;

/** Parallel requests of one job; GitHub allows 100 for a whole App (secondary rate limit). */
export const PARALLEL_READS = 10;

/** Files a comparison lists, on its first page only. https://docs.github.com/rest/commits/commits#compare-two-commits */
export const COMPARED_FILES = 300;

/** Files a pull request lists over all pages. https://docs.github.com/rest/pulls/pulls#list-pull-requests-files */
export const LISTED_FILES = 3_000;
